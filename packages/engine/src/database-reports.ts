import type { StorageStatus } from './link/protocol.ts'
import type { RunReport } from './link/live-protocol.ts'
import type { TabRole } from './link/seat.ts'
import type { SyncState } from './link/sync-protocol.ts'
import type { DataSyncError } from './errors.ts'
import type { SqlParameters } from './values.ts'

export interface DatabaseStatus {
  readonly phase: 'idle' | 'opening' | 'open' | 'suspended' | 'closed' | 'failed'
  /** Why the database failed or was closed by something other than `close()`. */
  readonly error: DataSyncError | undefined
  /**
   * Whether this tab hosts the engine, and why; undefined before that is known. Where the host goes away, it
   * stays what it was until the next one is found.
   */
  readonly role: TabRole | undefined
  /** What is known of the storage, once open. */
  readonly storage: StorageStatus | undefined
  /** Whether what was acknowledged under `durability: 'relaxed'` becomes durable. */
  readonly sync: SyncState<DataSyncError>
}

/** A live query as seen from outside, for panels and tests. */
export interface LiveQueryReport {
  readonly sql: string
  readonly parameters: SqlParameters
  readonly subscribers: number
  /** Runs that changed nothing are told, and counted, only while somebody is subscribed to the reports. */
  readonly runs: number
  /** Milliseconds in the worker, of all runs together. */
  readonly totalMs: number
  readonly lastRun: RunReport | undefined
}

export interface ChangeOptions {
  /** Only commits that touched one of these. Name a schema as in `archive.todo` if it is not `main`. */
  readonly tables?: readonly string[]
}
