import type { RowLoop } from './row-loop.ts'
import { FunctionTable } from './function-table.ts'

/** A pointer into the wasm heap. */
export type Pointer = number

/** What a call into SQLite gives that may read or write a file: a promise only where SQLite is suspendable. */
type Code = number | Promise<number>

/**
 * The raw wasm exports that this engine calls itself, at a fifth of the price of the object API
 * of the official build.
 */
export interface WasmExports {
  sqlite3_malloc(size: number): Pointer
  sqlite3_free(pointer: Pointer): void
  sqlite3_open_v2(path: Pointer, database: Pointer, flags: number, vfs: Pointer): Code
  sqlite3_close_v2(database: Pointer): Code
  sqlite3_extended_result_codes(database: Pointer, on: number): number
  sqlite3_file_control(database: Pointer, schema: Pointer, operation: number, argument: Pointer): number
  sqlite3_extended_errcode(database: Pointer): number
  sqlite3_errmsg(database: Pointer): Pointer
  sqlite3_error_offset(database: Pointer): number
  sqlite3_prepare_v3(
    database: Pointer,
    sql: Pointer,
    bytes: number,
    flags: number,
    statement: Pointer,
    tail: Pointer,
  ): Code
  sqlite3_step(statement: Pointer): Code
  sqlite3_reset(statement: Pointer): Code
  sqlite3_finalize(statement: Pointer): Code
  sqlite3_bind_parameter_count(statement: Pointer): number
  sqlite3_bind_parameter_name(statement: Pointer, index: number): Pointer
  sqlite3_bind_null(statement: Pointer, index: number): number
  sqlite3_bind_int(statement: Pointer, index: number, value: number): number
  sqlite3_bind_int64(statement: Pointer, index: number, value: bigint): number
  sqlite3_bind_double(statement: Pointer, index: number, value: number): number
  sqlite3_bind_text(
    statement: Pointer,
    index: number,
    text: Pointer,
    bytes: number,
    destructor: number,
  ): number
  sqlite3_bind_blob(
    statement: Pointer,
    index: number,
    blob: Pointer,
    bytes: number,
    destructor: number,
  ): number
  sqlite3_column_count(statement: Pointer): number
  sqlite3_column_name(statement: Pointer, column: number): Pointer
  sqlite3_column_database_name(statement: Pointer, column: number): Pointer
  sqlite3_column_table_name(statement: Pointer, column: number): Pointer
  sqlite3_column_origin_name(statement: Pointer, column: number): Pointer
  sqlite3_column_type(statement: Pointer, column: number): number
  sqlite3_column_int64(statement: Pointer, column: number): bigint
  sqlite3_column_double(statement: Pointer, column: number): number
  sqlite3_column_text(statement: Pointer, column: number): Pointer
  sqlite3_column_blob(statement: Pointer, column: number): Pointer
  sqlite3_column_bytes(statement: Pointer, column: number): number
  sqlite3_stmt_readonly(statement: Pointer): number
  sqlite3_stmt_isexplain(statement: Pointer): number
  sqlite3_stmt_status(statement: Pointer, counter: number, reset: number): number
  sqlite3_changes64(database: Pointer): bigint
  sqlite3_total_changes64(database: Pointer): bigint
  sqlite3_last_insert_rowid(database: Pointer): bigint
  sqlite3_get_autocommit(database: Pointer): number
  sqlite3_progress_handler(database: Pointer, operations: number, handler: Pointer, context: Pointer): void
  sqlite3_set_authorizer(database: Pointer, callback: Pointer, context: Pointer): number
  sqlite3_commit_hook(database: Pointer, callback: Pointer, context: Pointer): Pointer
  sqlite3_rollback_hook(database: Pointer, callback: Pointer, context: Pointer): Pointer
  sqlite3_preupdate_hook(database: Pointer, callback: Pointer, context: Pointer): Pointer
  sqlite3_preupdate_old(database: Pointer, column: number, value: Pointer): number
  sqlite3_preupdate_new(database: Pointer, column: number, value: Pointer): number
  sqlite3_value_type(value: Pointer): number
  sqlite3_value_int64(value: Pointer): bigint
  sqlite3_value_double(value: Pointer): number
  sqlite3_value_text(value: Pointer): Pointer
  sqlite3_value_blob(value: Pointer): Pointer
  sqlite3_value_bytes(value: Pointer): number
  sqlite3_table_column_metadata(
    database: Pointer,
    schema: Pointer,
    table: Pointer,
    column: Pointer,
    declaredType: Pointer,
    collation: Pointer,
    notNull: Pointer,
    primaryKey: Pointer,
    autoincrement: Pointer,
  ): number
  sqlite3_backup_init(target: Pointer, targetSchema: Pointer, source: Pointer, sourceSchema: Pointer): Code
  sqlite3_backup_step(backup: Pointer, pages: number): Code
  sqlite3_backup_finish(backup: Pointer): Code
  sqlite3_vfs_register(vfs: Pointer, isDefault: number): number
  readonly __indirect_function_table: WebAssembly.Table
}

/** SQLite as its glue brings it up. */
export interface WasmInstance {
  readonly exports: WasmExports
  readonly memory: WebAssembly.Memory
}

/** What this engine uses SQLite by. */
export interface SqliteModule {
  readonly wasm: WasmInstance & {
    /** Of the memory as it is now: growing empties what was taken before. */
    heap8u(): Uint8Array
    cstrToJs(pointer: Pointer): string
    /** Where functions of ours are put that SQLite is to call. */
    readonly functions: FunctionTable
  }
  /** There if SQLite is suspendable: runs through rows without a frame of JavaScript below a step. */
  readonly rowLoop?: RowLoop
}

const decoder = new TextDecoder()

export function createModule({ exports, memory }: WasmInstance): SqliteModule {
  const heap8u = (): Uint8Array => new Uint8Array(memory.buffer)
  return {
    wasm: {
      exports,
      memory,
      heap8u,
      cstrToJs(pointer) {
        const heap = heap8u()
        return decoder.decode(heap.subarray(pointer, heap.indexOf(0, pointer)))
      },
      functions: new FunctionTable(exports['__indirect_function_table']),
    },
  }
}
