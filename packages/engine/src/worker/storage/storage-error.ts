import { DataSyncError } from '../../errors.ts'
import { hasErrorName } from './error-name.ts'

/** The error for something that the store threw while it should `action` (as in "write to shop-wal"). */
export function storageError(action: string, cause: unknown): DataSyncError {
  if (cause instanceof DataSyncError) return cause
  const reason = cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause)
  return new DataSyncError(
    isQuotaError(cause) ? 'quota-exceeded' : 'io-error',
    `Could not ${action}: ${reason}`,
    {},
    cause,
  )
}

/** Whether the room of this origin is used up. */
export function isQuotaError(cause: unknown): boolean {
  return hasErrorName(cause, 'QuotaExceededError')
}
