import type { SqlValue } from '../../../values.ts'
import { compareValues, type Collation } from './compare-values.ts'

/** One term of the order of kept rows. */
export interface OrderTerm {
  /** The column of kept rows that it sorts by. */
  readonly column: number
  readonly collation: Collation
  readonly direction: 'up' | 'down'
  readonly nulls: 'first' | 'last'
}

/** Rows as columns, for as long as they may be changed. */
export type KeptColumns = readonly SqlValue[][]

/** Below 0 where row `rowA` of `a` comes before row `rowB` of `b`. */
export function compareRows(
  order: readonly OrderTerm[],
  a: KeptColumns,
  rowA: number,
  b: KeptColumns,
  rowB: number,
): number {
  for (const term of order) {
    const left = a[term.column]?.[rowA] ?? null
    const right = b[term.column]?.[rowB] ?? null
    const difference = compareTerm(term, left, right)
    if (difference !== 0) return difference
  }
  return 0
}

function compareTerm({ collation, direction, nulls }: OrderTerm, a: SqlValue, b: SqlValue): number {
  if (a === null || b === null) {
    if (a === b) return 0
    return (a === null) === (nulls === 'first') ? -1 : 1
  }
  const difference = compareValues(a, b, collation)
  return direction === 'up' ? difference : -difference
}
