import type { DataSyncError } from '../../errors.ts'
import type { Heap } from './heap.ts'
import type { Pointer, WasmExports } from './module.ts'
import { sqliteError } from './sqlite-error.ts'

/** The last error of a connection. `skipped` bytes of the SQL come before what SQLite was given of it. */
export function lastError(
  exports: WasmExports,
  heap: Heap,
  database: Pointer,
  { code, sql, skipped }: { readonly code: number; readonly sql: string; readonly skipped: number },
): DataSyncError {
  const offset = exports.sqlite3_error_offset(database)
  return sqliteError({
    resultCode: exports.sqlite3_extended_errcode(database) || code,
    message: heap.readCString(exports.sqlite3_errmsg(database)),
    sql,
    byteOffset: offset < 0 ? offset : skipped + offset,
  })
}
