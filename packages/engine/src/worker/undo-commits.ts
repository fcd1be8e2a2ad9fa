import type { EngineContext } from './engine-context.ts'
import type { ErrorCode } from '../errors.ts'
import type { Session } from './session.ts'
import type { Task } from './task.ts'
import { toDataSyncError, toErrorRecord } from '../link/error-record.ts'
import { reportUncaught } from './report-uncaught.ts'

/** Failures of the storage after which it may hold anything, or what another has stored. */
const UNCERTAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'fenced',
  'connection-lost',
  'database-lost',
  'storage-unavailable',
])

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
  if (UNCERTAIN.has(reason.code)) setTimeout(() => reportUncaught(reason))
  else yield* database.revert()
}
