import { DataSyncError } from '../../errors.ts'
import { hasErrorName } from './error-name.ts'
import { isQuotaError, storageError } from './storage-error.ts'

/** Milliseconds. A browser takes about two seconds to close the files of a worker that was hanging. */
const PATIENCE = 4000
const FIRST_PAUSE = 10
const LONGEST_PAUSE = 250

/**
 * Failures that pass: the files are held by a worker that is just dying; they were removed while
 * this was on its way; Safari could not tell (its first access in a session).
 */
const PASSING = ['NoModificationAllowedError', 'NotFoundError', 'UnknownError']

/**
 * Runs `attempt` until it succeeds, with growing pauses and for a bounded time.
 *
 * @throws DataSyncError `database-in-use`, `quota-exceeded` or `storage-unavailable`
 */
export async function retryWhileHeld<T>(database: string, attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await attempt()
    } catch (cause) {
      const passing = PASSING.some((name) => hasErrorName(cause, name))
      if (!passing || performance.now() + pause > deadline) throw openingError(database, cause)
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function openingError(database: string, cause: unknown): DataSyncError {
  if (cause instanceof DataSyncError) return cause
  const title = JSON.stringify(database)
  if (hasErrorName(cause, 'NoModificationAllowedError')) {
    return new DataSyncError('database-in-use', `The files of ${title} are held elsewhere.`, {}, cause)
  }
  if (isQuotaError(cause)) return storageError(`open ${title}`, cause)
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new DataSyncError('storage-unavailable', `Could not open ${title}: ${reason}`, {}, cause)
}
