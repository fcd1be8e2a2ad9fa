import type { DataSyncError } from '../errors.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Outbox } from './outbox.ts'
import type { LiveQueries } from './reactive/live-queries.ts'
import type { StopClock } from './stop-clock.ts'
import type { Task } from './task.ts'
import type { WriteLane } from './write-lane.ts'

/** What everything that serves requests works with. */
export interface EngineContext {
  readonly database: OpenDatabase
  /** Why nothing may be begun that would keep the database from being let go, where that is so. */
  readonly leaving: DataSyncError | undefined
  readonly lane: WriteLane
  readonly clock: StopClock
  readonly liveQueries: LiveQueries
  readonly outbox: Outbox
  readonly now: () => number
  /** Runs work in a turn of its own, after the messages that have arrived. */
  readonly later: (work: () => Task<void>) => void
  /** Runs work that an event outside of messages brought, as a turn. */
  readonly turn: (work: () => Task<void>) => void
}
