import type { SortMode } from './record.ts'

/** The values of a result row by row, in the order in which a script has them. */
export function sortValues(rows: readonly (readonly string[])[], sort: SortMode): readonly string[] {
  if (sort === 'nosort') return rows.flat()
  if (sort === 'valuesort') return rows.flat().toSorted(compareText)
  return rows.toSorted(compareRows).flat()
}

function compareRows(a: readonly string[], b: readonly string[]): number {
  for (const [column, text] of a.entries()) {
    const order = compareText(text, b[column] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** As `strcmp()`: rendered values are ASCII. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
