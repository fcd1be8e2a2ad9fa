import type { Heap } from './heap.ts'
import type { Pointer, WasmExports } from './module.ts'
import { OK } from './result-codes.ts'

/** The collation of a column, by the names of its schema, its table and itself; empty where it is not known. */
export function columnCollation(
  exports: WasmExports,
  heap: Heap,
  database: Pointer,
  names: readonly [string, string, string],
): string {
  const [schema, table, column] = names.map((name) => heap.allocateText(name).pointer) as [
    Pointer,
    Pointer,
    Pointer,
  ]
  const output = exports.sqlite3_malloc(8)
  try {
    if (output === 0) return ''
    const code = exports.sqlite3_table_column_metadata(database, schema, table, column, 0, output, 0, 0, 0)
    return code === OK ? heap.readCString(heap.readPointer(output)) : ''
  } finally {
    for (const pointer of [schema, table, column, output]) exports.sqlite3_free(pointer)
  }
}
