import { DataSyncError } from '../errors.ts'
import type { Database } from '../handle.ts'

/**
 * The database that was provided to a component. For adapters.
 *
 * @param remedy - The line that provides one in this framework.
 * @throws DataSyncError `missing-provider`, with that line, if there is none.
 *
 * @example
 * const database = requireDatabase(options.database ?? provided, '<DatabaseProvider database={db}>')
 */
export function requireDatabase(database: Database | undefined, remedy: string): Database {
  if (database !== undefined) return database
  throw new DataSyncError('missing-provider', `No database is provided here. The line to add: ${remedy}`)
}
