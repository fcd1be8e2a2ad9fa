import { inject } from '@angular/core'
import { requireDatabase, type Database } from '@datasync/engine'
import { DATABASE_HANDLE, PROVIDE_DATABASE } from './database-handle.ts'

/**
 * The database of the app, for calls in event handlers and effects: the very handle that
 * `provideDatabase` was given. The token `Database` has `query$` beside it.
 *
 * @param database - Taken instead of the app's, if given. Lets a function of your own have an option
 * `database` as those of this package do.
 * @throws DataSyncError `missing-provider` if there is neither.
 *
 * @example
 * private readonly db = injectDatabase()
 * protected readonly clear = () => this.db.run('delete from todo where done')
 */
export function injectDatabase(database?: Database): Database {
  return requireDatabase(
    database ?? inject(DATABASE_HANDLE, { optional: true }) ?? undefined,
    PROVIDE_DATABASE,
  )
}
