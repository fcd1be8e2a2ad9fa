import type { ErrorRecord } from '../errors.ts'

/** Why commits were made durable. */
export type SyncCause =
  /** Under `strict`: before a write is acknowledged. */
  | 'commit'
  /** Under `relaxed`: the time since the first commit that was not durable, or without another, is over. */
  | 'interval'
  | 'debounce'
  /** So much was waiting that writes wait. */
  | 'dirty-blocks'
  | 'dirty-bytes'
  /** An earlier sync failed. */
  | 'retry'
  /** The page is out of sight, or the browser stops it. */
  | 'hidden'
  | 'frozen'
  /** The page goes, or the database is closed. */
  | 'closing'
  /** `db.drain()` */
  | 'drain'
  /** The log is about to be taken over into the database. */
  | 'checkpoint'

/** When commits are made durable under `relaxed`, with everything said. */
export interface SyncSettings {
  readonly interval: number
  readonly debounce: number | undefined
  readonly maxDirtyBlocks: number | undefined
  readonly maxDirtyBytes: number
  readonly verifyAfterWrite: boolean
}

/** What is asked of the engine by the page: what it does by itself has other causes. */
export type AskedSync = Extract<SyncCause, 'hidden' | 'frozen' | 'closing' | 'drain'>

/** Commits on their way to the storage began to be stored, and how that ended. */
export type SyncStep =
  | { readonly type: 'syncstart'; readonly cause: SyncCause }
  | {
      readonly type: 'syncsuccess'
      readonly cause: SyncCause
      readonly blocks: number
      readonly bytes: number
      readonly durationMs: number
    }
  | { readonly type: 'backpressure'; readonly dirtyBlocks: number; readonly dirtyBytes: number }

/** A sync that failed. */
export interface FailedSync<Failure> {
  readonly type: 'syncfailure'
  readonly cause: SyncCause
  readonly error: Failure
  /**
   * Whether commits that were acknowledged under `relaxed` are lost by it. Else they stay pending, and
   * are tried again; under `strict` nothing was acknowledged.
   */
  readonly isLost: boolean
}

/** How it stands with what was acknowledged under `relaxed`. */
export type SyncState<Failure> =
  | { readonly kind: 'working' }
  /** It could not be made durable so far. Nothing is dropped, and it is tried again. */
  | { readonly kind: 'failing'; readonly error: Failure }
  /** Some of it was never stored and is gone. Stays until the next failure is overcome. */
  | { readonly kind: 'lost'; readonly error: Failure }

export interface SyncNews {
  /** Only for a session that has asked for them. */
  readonly events: readonly (SyncStep | FailedSync<ErrorRecord>)[]
  /** If it has changed. */
  readonly state: SyncState<ErrorRecord> | undefined
}

/** What the storage has done since the database was opened, and what it has yet to do. */
export interface StorageMetrics {
  /** Commits, those that were acknowledged together counted as one. */
  readonly commits: number
  /** Syncs that were tried, and of those the ones that failed. */
  readonly syncs: number
  readonly failedSyncs: number
  /** Failed syncs as a part of all: 0 to 1. */
  readonly errorRate: number
  /** Syncs that succeeded, by their cause. */
  readonly syncsByCause: Readonly<Partial<Record<SyncCause, number>>>
  /** Milliseconds of the last sync that succeeded, and of all of them. */
  readonly lastSyncMs: number | undefined
  readonly totalSyncMs: number
  /** What those syncs have stored. */
  readonly storedBlocks: number
  readonly storedBytes: number
  /** The same for each second of sync time; 0 before there was any. */
  readonly blocksPerSecond: number
  readonly bytesPerSecond: number
  /** What was committed and is not durable yet. */
  readonly dirtyBlocks: number
  readonly dirtyBytes: number
  /** Blocks that were not what was written when they were read; undefined where they are not summed up. */
  readonly checksumFailures: number | undefined
  /** Of a store that keeps blocks in memory, as IndexedDB does. */
  readonly cache: CacheMetrics | undefined
  /** Of the other tabs, where the engine is shared with them. */
  readonly host: HostMetrics | undefined
}

export interface HostMetrics {
  /** Tabs beside the one that hosts the engine. */
  readonly guests: number
  /**
   * Messages on the channels of the tabs that were none of ours, came twice, or were of another engine: as
   * the engine and this page have met them.
   */
  readonly ignoredMessages: number
}

export interface CacheMetrics {
  /** Blocks that SQLite asked for. */
  readonly reads: number
  /** Of them those that were in memory, those that were not, and those that were read ahead. */
  readonly hits: number
  readonly misses: number
  readonly prefetchHits: number
  readonly bytes: number
  /** The most bytes that it may keep now: it follows the hit rate. `Infinity` for a mirror. */
  readonly capacity: number
}

/** The requests that concern durability. */
export interface SyncRequestTypes {
  /** Answered when all that was committed is durable, or with why it is not. */
  sync: { payload: { readonly cause: AskedSync }; reply: null }
  /** Whether this session wants to hear of each sync. */
  syncWatch: { payload: { readonly enabled: boolean }; reply: null }
  metrics: { payload: null; reply: StorageMetrics }
}
