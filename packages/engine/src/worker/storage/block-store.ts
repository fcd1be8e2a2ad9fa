import type { Bridge } from '../../link/protocol.ts'
import type { CacheMetrics } from '../../link/sync-protocol.ts'

/**
 * One file of a store, read and written synchronously by byte range. Offsets and sizes are in
 * bytes and may pass 4 GiB, so they are never put through 32-bit arithmetic.
 */
export interface BlockFile {
  /**
   * Brings in what is missing of a range, for a file that is not all at hand; undefined if `read` can
   * answer at once. Asked only in a store that `suspends`.
   */
  load?(offset: number, length: number): Promise<void> | undefined
  /** Fills `into` from `offset`; returns how many bytes the file had for it. */
  read(into: Uint8Array, offset: number): number
  /** Writes all of `from` at `offset`, growing the file, or throws. */
  write(from: Uint8Array, offset: number): void
  truncate(size: number): void
  size(): number
  /**
   * Returns only when everything written is as durable as the store can make it; or a promise of that, in
   * a store that `suspends`.
   */
  sync(): void | Promise<void>
  /** Told of what a log holds each time that it was flushed, if the store keeps that in mind. */
  noteFlushed?(held: LogExtent): void
}

/** As much of a write-ahead log as was committed. */
export interface LogExtent {
  /** Which log it is: SQLite begins it anew under another one. */
  readonly salt: bigint
  readonly frames: number
  readonly pageSize: number
}

/**
 * Where the bytes of databases live. What needs waiting (opening, removing) is asynchronous and
 * happens before SQLite runs; what SQLite does in the middle of a statement is synchronous, unless the
 * store `suspends`.
 */
export interface BlockStore {
  readonly kind: 'opfs' | 'indexeddb' | 'memory'
  /** Whether a synced write survives the loss of every process. */
  readonly durable: boolean
  /** Bytes at the end of each page that the store has for itself; none if it does not say. */
  readonly reservedBytes?: number
  /** How SQLite reaches it, where there are several ways. */
  readonly bridge?: Bridge
  /** Whether SQLite may have to wait for its files in the middle of a call, which not every browser can do. */
  readonly suspends?: boolean
  /** How many commits of an open database were acknowledged and are gone, as far as is known. */
  lostCommits?(database: string): number
  /** Whether the opening of an open database has finished a commit that was cut off. */
  hasFinishedCommit?(database: string): boolean
  /** Makes every file that SQLite may open for this database ready. Idempotent. */
  open(database: string): Promise<DatabaseFiles>
  /** Lets go of the files of a database, keeping their content. Idempotent. */
  close(database: string): Promise<void>
  /** Removes a database and everything beside it. */
  delete(database: string): Promise<void>
}

/** A store, and why it is this one. */
export interface ChosenStore {
  readonly store: BlockStore
  readonly reason: string
  /** To be called after an opening: removes what a move has left elsewhere. */
  readonly dropSource?: () => Promise<void>
}

/** How much of a database: blocks as the store counts them, and bytes. */
export interface Amount {
  readonly blocks: number
  readonly bytes: number
}

/** What the files of a database have done since they were opened. */
export interface FileMetrics {
  /** What was stored, for a store that does not keep the log as it is written. */
  readonly stored?: Amount | undefined
  readonly checksumFailures: number
  readonly cache?: CacheMetrics | undefined
}

/** The files of one open database, by the role that SQLite gives them. */
export interface DatabaseFiles {
  readonly main: BlockFile
  readonly wal: BlockFile
  readonly journal: BlockFile
  /** A scratch file that an import is received into. Its content has no meaning after a restart. */
  readonly incoming: BlockFile
  /**
   * Makes durable what was committed, for a store that cannot do so inside a synchronous call; undefined
   * if it is already. Until it is done, nobody reads or writes.
   *
   * @throws DataSyncError; the next call tries again. By an UnverifiedError all was stored, if not well; by
   *   another one nothing was, unless it is one after which nobody knows (`is-uncertain.ts`)
   */
  flush?(): Promise<void> | undefined
  /** What the next flush would store, at no cost, for a store that has one. */
  dirty?(): Amount
  /** What there is to tell, at no cost. */
  metrics?(): FileMetrics
  /** Gives up what was committed since the last flush. No connection may have the files open. */
  revert?(): void
  /**
   * Those of `count` blocks of the main file from `first` on that are not stored as they were written. For
   * a store that keeps what it has read in memory, where reading the file tells nothing of what is stored.
   */
  checkBlocks?(first: number, count: number): Promise<readonly BlockFault[]>
}

/** Why a block of 4 KiB, counted from 0, is damaged. */
export interface BlockFault {
  readonly block: number
  readonly reason: string
}
