import type { EngineContext } from './engine-context.ts'
import type { Session } from './session.ts'
import type { Task } from './task.ts'
import { toDataSyncError, toErrorRecord } from '../link/error-record.ts'
import { isUncertain } from './is-uncertain.ts'
import { reportUncaught } from './report-uncaught.ts'
import { UnverifiedError } from './storage/unverified-error.ts'

/**
 * Goes back to what is stored, since what was committed after that cannot be: whoever waits for it, or may
 * have seen it, is told why. Where nobody knows what is stored, the worker ends, and another opens it anew.
 */
export function* undoCommits(
  { database, outbox }: EngineContext,
  session: Session,
  error: unknown,
): Task<void> {
  const reason = toDataSyncError(error)
  yield* session.end(reason)
  outbox.failResults(toErrorRecord(reason))
  // Later, so that those who wait hear of it first.
  if (isUncertain(reason) || reason instanceof UnverifiedError) setTimeout(() => reportUncaught(reason))
  else yield* database.revert()
}
