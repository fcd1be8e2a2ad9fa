import { DataSyncError } from '../../errors.ts'

/** The error for something that the store threw while it should `action` (as in "write to shop-wal"). */
export function storageError(action: string, cause: unknown): DataSyncError {
  const reason = cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause)
  return new DataSyncError(
    isQuotaError(cause) ? 'quota-exceeded' : 'io-error',
    `Could not ${action}: ${reason}`,
    {},
    cause,
  )
}

/** Browsers disagree on the class of this error, but not on its name. */
export function isQuotaError(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'QuotaExceededError'
}
