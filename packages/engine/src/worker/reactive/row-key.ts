import type { SqlValue } from '../../values.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import { tableKey } from '../sqlite/statement-access.ts'

/** A value under which a Map finds a row again. */
export type RowKey = SqlValue | undefined

/**
 * The result columns that show the whole primary key of some table, where there are such: a short
 * and telling key of a row. Undefined where a row can be told by its whole content only.
 */
export function* keyColumns(statement: Statement, catalog: Catalog): Task<readonly number[] | undefined> {
  const shown = new Map<string, Map<string, number>>()
  for (let column = 0; column < statement.columnNames().length; column++) {
    const origin = statement.columnOrigin(column)
    if (origin === undefined) continue
    const key = tableKey(origin.schema, origin.table)
    const columns = shown.get(key) ?? new Map<string, number>()
    shown.set(key, columns.set(origin.column, column))
    const primaryKey = yield* catalog.primaryKey(key)
    const indexes = primaryKey.map((name) => columns.get(name))
    if (indexes.length > 0 && indexes.every((index) => index !== undefined)) return indexes
  }
  return undefined
}

/** The key of a row. Rows of one key need not be equal, but equal rows have one key. */
export function rowKey(columns: readonly (readonly SqlValue[])[], row: number): RowKey {
  if (columns.length === 1) {
    const value = columns[0]?.[row]
    return value instanceof Uint8Array ? blobKey(value) : value
  }
  let key = ''
  for (const column of columns) {
    const value = column[row]
    const kind = typeof value === 'string' ? value.length : typeof value
    key += `${kind}:${value instanceof Uint8Array ? blobKey(value) : String(value)};`
  }
  return key
}

/** Its length and its ends tell blobs apart well enough, however long they are. */
function blobKey(blob: Uint8Array): string {
  return `${blob.length}:${blob.subarray(0, 16).join()}:${blob.subarray(-16).join()}`
}
