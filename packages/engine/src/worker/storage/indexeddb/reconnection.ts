import { DataSyncError } from '../../../errors.ts'
import { isConnectionLost } from './connection-error.ts'
import { isQuotaError, storageError } from '../storage-error.ts'

/** Milliseconds before each further attempt. */
const PAUSES = [20, 100, 500, 1500]

/**
 * A connection that is made again when the browser has dropped it, as WebKit does to pages in the
 * background.
 */
export class Reconnection {
  readonly #open: () => Promise<IDBDatabase>
  #database: Promise<IDBDatabase> | undefined
  #isClosed = false

  constructor(open: () => Promise<IDBDatabase>) {
    this.#open = open
  }

  /**
   * Runs `work` with a connection; again, with another one, where the connection failed under it.
   *
   * @throws DataSyncError
   */
  async use<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        if (this.#isClosed) throw new DataSyncError('closed', 'The storage was closed.')
        return await work(await this.#connect())
      } catch (error) {
        if (!isConnectionLost(error)) throw storageError('use IndexedDB', error)
        this.#forget()
        const pause = PAUSES[attempt]
        if (pause === undefined) throw connectionLost(error)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#forget()
  }

  #connect(): Promise<IDBDatabase> {
    this.#database ??= this.#openNew()
    return this.#database
  }

  #openNew(): Promise<IDBDatabase> {
    const opening = this.#open().then(
      (database) => {
        // Somebody wants to delete it, or to store a newer format: that must not wait for this tab.
        database.addEventListener('versionchange', () => this.#forget())
        database.addEventListener('close', () => this.#forget())
        if (this.#isClosed) database.close()
        return database
      },
      (error: unknown) => {
        // The next use tries again.
        if (this.#database === opening) this.#database = undefined
        throw isConnectionLost(error) ? error : openingError(error)
      },
    )
    return opening
  }

  #forget(): void {
    const database = this.#database
    this.#database = undefined
    void database?.then(
      (open) => open.close(),
      () => undefined,
    )
  }
}

function openingError(error: unknown): DataSyncError {
  if (error instanceof DataSyncError) return error
  if (isQuotaError(error)) return storageError('open IndexedDB', error)
  const reason = error instanceof Error || error instanceof DOMException ? error.message : String(error)
  return new DataSyncError('storage-unavailable', `IndexedDB cannot be used here: ${reason}`, {}, error)
}

function connectionLost(cause: unknown): DataSyncError {
  const reason = cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause)
  return new DataSyncError('connection-lost', `The connection to IndexedDB was lost: ${reason}`, {}, cause)
}
