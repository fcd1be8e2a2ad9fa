/**
 * One file of a store, read and written synchronously by byte range. Offsets and sizes are in
 * bytes and may pass 4 GiB, so they are never put through 32-bit arithmetic.
 */
export interface BlockFile {
  /** Fills `into` from `offset`; returns how many bytes the file had for it. */
  read(into: Uint8Array, offset: number): number
  /** Brings in what is missing of a range; undefined if `read` can answer at once, as where this is not there. */
  load?(offset: number, length: number): Promise<void> | undefined
  /** Writes all of `from` at `offset`, growing the file, or throws. */
  write(from: Uint8Array, offset: number): void
  truncate(size: number): void
  size(): number
  /** Returns only when everything written is as durable as the store can make it. */
  sync(): void
}

/**
 * Where the bytes of databases live. What needs waiting (opening, removing) is asynchronous and
 * happens before SQLite runs; what SQLite does in the middle of a statement is synchronous.
 */
export interface BlockStore {
  readonly kind: 'opfs' | 'indexeddb' | 'memory'
  /** Whether a synced write survives the loss of every process. */
  readonly durable: boolean
  /** Makes every file that SQLite may open for this database ready. Idempotent. */
  open(database: string): Promise<DatabaseFiles>
  /** Lets go of the files of a database, keeping their content. Idempotent. */
  close(database: string): Promise<void>
  /** Removes a database and everything beside it. */
  delete(database: string): Promise<void>
}

export type FileRole = 'main' | 'wal' | 'journal' | 'incoming'

/** The files of one open database, by the role that SQLite gives them. */
export interface DatabaseFiles {
  readonly main: BlockFile
  readonly wal: BlockFile
  readonly journal: BlockFile
  /** A scratch file that an import is received into. Its content has no meaning after a restart. */
  readonly incoming: BlockFile
  /**
   * Makes durable what was committed, where the store cannot do so in a synchronous call; undefined if
   * there is nothing to do.
   *
   * @throws DataSyncError; then nothing was stored, and the next call tries again
   */
  flush?(): Promise<void> | undefined
  /** Gives up what was committed since the last flush. No connection may have the files open. */
  revert?(): void
}
