import type { SqlValue } from '../../../values.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { RowKey } from '../row-key.ts'

/** Rows that changed, by table and key, with the values of the key. */
export type ChangedRows = ReadonlyMap<TableKey, ReadonlyMap<RowKey, readonly SqlValue[]>>

/** Those of both; undefined if those of one are not known. */
export function mergeChangedRows(
  a: ChangedRows | undefined,
  b: ChangedRows | undefined,
): ChangedRows | undefined {
  if (a === undefined || b === undefined) return undefined
  const merged = new Map(a)
  for (const [table, rows] of b) merged.set(table, new Map([...(merged.get(table) ?? []), ...rows]))
  return merged
}
