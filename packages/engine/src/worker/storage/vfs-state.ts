import type { DataSyncError } from '../../errors.ts'
import type { Pointer, SqliteModule } from '../sqlite/module.ts'
import { FULL } from '../sqlite/result-codes.ts'
import { isDamageError } from './damage-error.ts'
import { IOERR_DATA } from './io-codes.ts'
import type { OpenFile } from './open-file.ts'
import { isQuotaError, storageError } from './storage-error.ts'
import type { VfsFile } from './vfs-file.ts'

/** What the methods that SQLite calls work on. */
export class VfsState {
  readonly module: SqliteModule
  /** Files that can be opened, by the path under which SQLite asks for them. */
  readonly files: Map<string, VfsFile> = new Map()
  /** Open files by the address of SQLite's structure for them. */
  readonly open: Map<Pointer, OpenFile> = new Map()
  /** What the store last threw. SQLite itself only learns a number. */
  lastError: DataSyncError | undefined
  /** Whether a method may answer by a promise. */
  readonly suspends: boolean
  #bytes: Uint8Array
  #view: DataView

  constructor(module: SqliteModule) {
    this.module = module
    this.suspends = module.rowLoop !== undefined
    this.#bytes = module.wasm.heap8u()
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** The wasm heap as it is now. Growing it empties the view that was taken before. */
  get bytes(): Uint8Array {
    if (this.#bytes.byteLength === 0) this.#refresh()
    return this.#bytes
  }

  get view(): DataView {
    if (this.#bytes.byteLength === 0) this.#refresh()
    return this.#view
  }

  /** Keeps what was thrown, and answers the code that SQLite is to see. */
  fault(cause: unknown, action: string, code: number): number {
    if (isDamageError(cause)) {
      this.lastError = cause
      return IOERR_DATA
    }
    this.lastError = storageError(action, cause)
    return isQuotaError(cause) ? FULL : code
  }

  #refresh(): void {
    this.#bytes = this.module.wasm.heap8u()
    this.#view = new DataView(this.#bytes.buffer)
  }
}
