import { DataSyncError } from '../../errors.ts'
import { BLOCK_SIZE } from './block-size.ts'
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

/** The error for a part of a file that is damaged, with the place if what was thrown does not say it. */
export function placedError(cause: unknown, file: string, offset: number): unknown {
  if (!(cause instanceof DataSyncError) || cause.code !== 'corrupt') return cause
  const block = Math.floor(offset / BLOCK_SIZE)
  const detail = { file, block, page: block + 1, ...cause.detail }
  return new DataSyncError('corrupt', `${cause.sentence} It is in the file "${file}".`, detail, cause)
}

/** Whether the room of this origin is used up. */
export function isQuotaError(cause: unknown): boolean {
  return hasErrorName(cause, 'QuotaExceededError')
}
