import type { SqlRow, SqlValue } from '../values.ts'
import type { ColumnBlock } from './protocol.ts'

/** The rows of a block as objects, in order. Where columns share a name, the last one wins. */
export function toRows(block: ColumnBlock): SqlRow[] {
  const { names, values, rowCount } = block
  if (names.includes('__proto__')) return toRowsByDefinition(block)
  const rows: SqlRow[] = []
  for (let r = 0; r < rowCount; r++) {
    const row: Record<string, SqlValue> = {}
    for (let c = 0; c < names.length; c++) row[names[c] as string] = values[c]?.[r] ?? null
    rows.push(row)
  }
  return rows
}

/** The rows of a block by position. */
export function toTuples({ values, rowCount }: ColumnBlock): SqlValue[][] {
  const tuples: SqlValue[][] = []
  for (let r = 0; r < rowCount; r++) tuples.push(values.map((column) => column[r] ?? null))
  return tuples
}

/** Assigned to, a property of that name would set the prototype instead. */
function toRowsByDefinition(block: ColumnBlock): SqlRow[] {
  return toTuples(block).map((tuple) =>
    Object.fromEntries(block.names.map((name, c) => [name, tuple[c] ?? null] as const)),
  )
}
