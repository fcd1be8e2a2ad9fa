import { requireDatabase, type Database } from '@datasync/engine'
import { hasInjectionContext, inject } from 'vue'
import { databaseKey } from './database-key.ts'

/**
 * The database of the app, for calls in event handlers and watchers.
 *
 * @param database - Taken instead of the app's, if given. Lets a composable of your own have an option
 * `database` as those of this package do.
 * @throws DataSyncError `missing-provider` if there is neither.
 *
 * @example
 * const db = useDatabase()
 * const clear = () => db.run('delete from todo where done')
 */
export function useDatabase(database?: Database): Database {
  const provided = hasInjectionContext() ? inject(databaseKey, undefined) : undefined
  return requireDatabase(database ?? provided, 'app.use(dataSync(db))')
}
