import { DataSyncError } from '../../../errors.ts'
import { hasErrorName } from '../error-name.ts'
import { storageError } from '../storage-error.ts'

/** How browsers tell that a connection is gone, whatever the reason: by the names of their errors. */
const LOST = ['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError', 'TimeoutError']

/** Whether the failure is of the connection and not of what was asked through it. */
export function isConnectionLost(error: unknown): boolean {
  return LOST.some((name) => hasErrorName(error, name))
}

/** What a failure of IndexedDB means; one of the connection is left for whoever can connect again. */
export function connectionError(name: string, action: string, error: unknown): unknown {
  if (error instanceof DataSyncError || isConnectionLost(error)) return error
  if (hasErrorName(error, 'ConstraintError')) return fencedError()
  return storageError(`${action} of ${name}`, error)
}

export function fencedError(): DataSyncError {
  return new DataSyncError('fenced', 'Another tab has taken over the database since this one opened it.')
}

export function isFenced(error: unknown): boolean {
  return error instanceof DataSyncError && error.code === 'fenced'
}
