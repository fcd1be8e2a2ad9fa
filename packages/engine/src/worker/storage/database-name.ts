import { DataSyncError } from '../../errors.ts'

/**
 * Any text names a database, save the empty one and text that no encoding can carry.
 *
 * @throws DataSyncError `invalid-name`
 */
export function assertDatabaseName(name: string): void {
  if (name === '') throw new DataSyncError('invalid-name', 'The name of the database is empty.')
  if (/\p{Surrogate}/u.test(name)) {
    throw new DataSyncError(
      'invalid-name',
      `The name of the database, ${JSON.stringify(name)}, is not well-formed.`,
    )
  }
}
