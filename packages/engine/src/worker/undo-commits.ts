import type { EngineContext } from './engine-context.ts'
import type { Task } from './task.ts'
import type { DataSyncError } from '../errors.ts'
import { toDataSyncError, toErrorRecord } from '../link/error-record.ts'
import { isUncertain } from './is-uncertain.ts'
import { reportUncaught } from './report-uncaught.ts'
import { UnverifiedError } from './storage/unverified-error.ts'

/**
 * Goes back to what is stored, since what was committed after that cannot be: whoever waits for it, or may
 * have seen it, is told why. Where nobody knows what is stored, the worker ends, and another opens it anew.
 * `end` ends what is under way, of whatever tab.
 */
export function* undoCommits(
  { database, sessions, liveQueries }: EngineContext,
  end: (reason: DataSyncError) => Task<void>,
  error: unknown,
): Task<void> {
  const reason = toDataSyncError(error)
  yield* end(reason)
  sessions.failResults(toErrorRecord(reason))
  if (isUncertain(reason) || reason instanceof UnverifiedError) {
    // What was written may be shown to nobody now.
    database.writer.committed.clear()
    liveQueries.forgetDue()
    // Later, so that those who wait hear of it first.
    setTimeout(() => reportUncaught(reason))
  } else yield* database.revert()
}
