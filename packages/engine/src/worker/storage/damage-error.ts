import { DataSyncError } from '../../errors.ts'
import { IOERR_DATA } from './io-codes.ts'

/** The error for stored bytes that are not those that were written. */
export function damageError(message: string): DataSyncError {
  return new DataSyncError('corrupt', message, { resultCode: IOERR_DATA })
}

export function isDamageError(cause: unknown): cause is DataSyncError {
  return cause instanceof DataSyncError && cause.detail.resultCode === IOERR_DATA
}
