import { requireDatabase, type Database } from '@datasync/engine'
import { use } from 'react'
import { DatabaseContext } from './database-context.ts'

/**
 * The database of the nearest `<DatabaseProvider>`, for calls in event handlers and effects.
 *
 * @param database - Taken instead of the provider's, if given. Lets a hook of your own have an option
 * `database` as those of this package do.
 * @throws DataSyncError `missing-provider` if there is neither.
 *
 * @example
 * const db = useDatabase()
 * return <button onClick={() => db.run('delete from todo where done')}>Clear</button>
 */
export function useDatabase(database?: Database): Database {
  const provided = use(DatabaseContext)
  return requireDatabase(database ?? provided, '<DatabaseProvider database={db}> around the component')
}
