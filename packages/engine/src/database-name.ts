import { DataSyncError } from './errors.ts'

/**
 * Any text names a database, save the empty one and text that no encoding can carry.
 *
 * @throws DataSyncError `invalid-name`
 */
export function assertDatabaseName(name: string): void {
  if (typeof name !== 'string' || name === '') {
    throw new DataSyncError('invalid-name', 'The name of a database is text of at least one character.')
  }
  if (/\p{Surrogate}/u.test(name)) {
    throw new DataSyncError('invalid-name', `The name ${JSON.stringify(name)}, is not well-formed.`)
  }
}
