import type { DataSyncError } from '../../errors.ts'
import type { Heap } from './heap.ts'
import type { Pointer, SqliteModule } from './module.ts'
import { waitFor, type Task } from '../task.ts'
import { IOERR, OK } from './result-codes.ts'
import { sqliteError } from './sqlite-error.ts'

const OPEN_READWRITE = 0x02
const OPEN_CREATE = 0x04

/** A database by its path, and the VFS that has it. */
export interface DatabaseFile {
  readonly module: SqliteModule
  readonly vfs: string
  readonly path: string
  /** The error of the storage behind a result code, if there is one. */
  readonly storageError: () => DataSyncError | undefined
}

/** Opens a database, or makes it; returns the address of SQLite's structure for the connection. */
export function* openDatabaseFile(file: DatabaseFile, heap: Heap): Task<Pointer> {
  const { module, vfs, path } = file
  const { exports } = module.wasm
  const handle = exports.sqlite3_malloc(8)
  const { pointer: name } = heap.allocateText(path)
  const { pointer: vfsName } = heap.allocateText(vfs)
  const code = yield* waitFor(exports.sqlite3_open_v2(name, handle, OPEN_READWRITE | OPEN_CREATE, vfsName))
  const pointer = heap.readPointer(handle)
  for (const used of [handle, name, vfsName]) exports.sqlite3_free(used)
  if (code === OK) {
    exports.sqlite3_extended_result_codes(pointer, 1)
    return pointer
  }
  yield* waitFor(exports.sqlite3_close_v2(pointer))
  const storageError = (code & 0xff) === IOERR ? file.storageError() : undefined
  if (storageError !== undefined) throw storageError
  throw sqliteError({ resultCode: code, message: `"${path}" could not be opened`, sql: '', byteOffset: -1 })
}
