import type { TableKey } from '../../sqlite/statement-access.ts'
import type { TableChanges } from '../predicates/row-changes.ts'

/** The rows that changed of each table, in the columns that were asked for. */
export type ChangedRows = ReadonlyMap<TableKey, TableChanges>

/** Those of both; undefined if those of one are not known. */
export function mergeChangedRows(
  a: ChangedRows | undefined,
  b: ChangedRows | undefined,
): ChangedRows | undefined {
  if (a === undefined || b === undefined) return undefined
  const merged = new Map(a)
  for (const [table, { rows, isExact }] of b) {
    const known = merged.get(table) ?? { rows: [], isExact: true }
    merged.set(table, { rows: [...known.rows, ...rows], isExact: known.isExact && isExact })
  }
  return merged
}
