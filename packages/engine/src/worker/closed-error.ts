import { DataSyncError } from '../errors.ts'

/** What is asked of a database that is not open. */
export function closedError(): DataSyncError {
  return new DataSyncError('closed', 'The database is not open.')
}
