import type { CompiledSqlite } from '../../link/compiled-sqlite.ts'
import type { RowLoop } from './row-loop.ts'
import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { watchRefusals } from '../../doctor/refusals.ts'
import { suspendable } from './suspendable.ts'
import { noteWasmArrival, watchWasmArrival } from './wasm-arrival.ts'
import { toWasmError } from './wasm-error.ts'

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
}

/** The part of the official module that this engine uses. */
export interface SqliteModule {
  readonly wasm: {
    readonly exports: WasmExports
    readonly memory: WebAssembly.Memory
    heap8u(): Uint8Array
    cstrToJs(pointer: Pointer): string
    /** Makes a JS function callable from wasm. `signature` is the result's letter, then one each argument. */
    installFunction(signature: string, callback: (...values: never[]) => unknown): Pointer
    uninstallFunction(pointer: Pointer): unknown
  }
  /** There if SQLite is suspendable: runs through rows without a frame of JavaScript below a step. */
  readonly rowLoop?: RowLoop
}

/** As the official typings have it: an initialiser without options, though it takes Emscripten's. */
type Initialise = (options?: {
  readonly locateFile?: (file: string) => string
  readonly instantiateWasm?: Instantiate
}) => Promise<unknown>

type Instantiate = (
  imports: WebAssembly.Imports,
  receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => void

export interface LoadOptions {
  /** Where the file is, if not beside this script. */
  readonly wasmUrl?: string | undefined
  /** Whether a call may have to wait for a promise of the storage. Not every browser can do that. */
  readonly suspending?: boolean | undefined
  /** The file as it was compiled elsewhere, unless that came to nothing. */
  readonly compiled?: Promise<CompiledSqlite | undefined> | undefined
}

/**
 * Loads SQLite. Its own OPFS and key-value VFSes are turned off first: on an isolated page they would
 * start workers of their own and take three quarters of the start-up time.
 *
 * @throws DataSyncError `worker-failed`, where its file is not served as it should be, or forbidden.
 */
export async function loadSqlite({
  wasmUrl,
  suspending = false,
  compiled,
}: LoadOptions = {}): Promise<SqliteModule> {
  Object.assign(globalThis, {
    sqlite3ApiConfig: { disable: { vfs: { opfs: true, 'opfs-wl': true, kvvfs: true } } },
  })
  const module = await initialise(await compiled, wasmUrl)
  return suspending ? suspendable(module) : module
}

async function initialise(
  compiled: CompiledSqlite | undefined,
  wasmUrl: string | undefined,
): Promise<SqliteModule> {
  const refusals = watchRefusals(globalThis)
  try {
    return (await (compiled === undefined ? fetchSqlite(wasmUrl) : instantiate(compiled))) as SqliteModule
  } catch (error) {
    // A refusal is told in a turn of its own, after what was refused has failed.
    await new Promise((resolve) => setTimeout(resolve))
    throw toWasmError(error, wasmUrl, refusals)
  } finally {
    refusals.stop()
  }
}

const start = sqlite3InitModule as unknown as Initialise

async function fetchSqlite(wasmUrl: string | undefined): Promise<unknown> {
  watchWasmArrival()
  return start(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl })
}

async function instantiate({ module, served }: CompiledSqlite): Promise<unknown> {
  noteWasmArrival(served)
  return new Promise((resolve, reject) => {
    const instantiateWasm: Instantiate = (imports, receive) => {
      WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module), reject)
    }
    start({ instantiateWasm }).then(resolve, reject)
  })
}
