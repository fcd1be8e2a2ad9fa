import { DataSyncError, type ErrorRecord } from '../errors.ts'

/** An error in the form in which it crosses the link; what is no error of ours is a lost cause, not a lost message. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof DataSyncError) {
    return { code: error.code, message: error.sentence, detail: error.detail }
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { code: 'internal', message, detail: {} }
}

/** What was thrown, as an error of ours. */
export function toDataSyncError(error: unknown): DataSyncError {
  return error instanceof DataSyncError ? error : fromErrorRecord(toErrorRecord(error), error)
}

/** The error that a record stands for, as if it had been raised on this side. */
export function fromErrorRecord(record: ErrorRecord, cause?: unknown): DataSyncError {
  return new DataSyncError(record.code, record.message, record.detail, cause)
}
