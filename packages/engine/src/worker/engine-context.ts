import type { DataSyncError } from '../errors.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Task } from './task.ts'
import type { Sessions } from './sessions.ts'
import { LiveQueries } from './reactive/live-queries.ts'
import { StopClock } from './stop-clock.ts'
import { SyncKeeper, type SyncSurroundings } from './sync/sync-keeper.ts'
import { WriteLane } from './write-lane.ts'

/** What everything that serves requests works with. */
export interface EngineContext {
  readonly database: OpenDatabase
  /** Why nothing may be begun that would keep the database from being let go, where that is so. */
  readonly leaving: DataSyncError | undefined
  readonly lane: WriteLane
  readonly clock: StopClock
  readonly liveQueries: LiveQueries
  readonly sessions: Sessions
  readonly sync: SyncKeeper
  readonly now: () => number
  /** Runs work in a turn of its own, after the messages that have arrived. */
  readonly later: (work: () => Task<void>) => void
  /** Runs work that an event outside of messages brought, as a turn. */
  readonly turn: (work: () => Task<void>) => void
}

/** What the engine gives for it. */
interface ContextSource extends SyncSurroundings {
  readonly database: () => OpenDatabase
  readonly leaving: () => DataSyncError | undefined
}

export function createContext(source: ContextSource): EngineContext {
  const { database, leaving, now, later, turn, sessions } = source
  return {
    get database() {
      return database()
    },
    get leaving() {
      return leaving()
    },
    lane: new WriteLane(turn),
    clock: new StopClock(now),
    liveQueries: new LiveQueries(now),
    sessions,
    sync: new SyncKeeper(source),
    now,
    later,
    turn,
  }
}
