import { isPlatformServer } from '@angular/common'
import { inject, makeEnvironmentProviders, PLATFORM_ID, type EnvironmentProviders } from '@angular/core'
import { observeQuery, type Database as EngineDatabase } from '@datasync/engine'
import { DATABASE_HANDLE } from './database-handle.ts'
import { Database } from './database.ts'
import { observeResults } from './observe-results.ts'

/**
 * Gives an app, or the part below a route, its database. `create` is called once, when the database is
 * first injected, and may inject itself. The database is neither opened nor closed by it: the first
 * query does the one, your own code the other.
 *
 * @example
 * export const appConfig: ApplicationConfig = {
 *   providers: [provideDatabase(() => createDatabase('shop', { migrations }))],
 * }
 */
export function provideDatabase(create: () => EngineDatabase): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: DATABASE_HANDLE, useFactory: create },
    {
      provide: Database,
      useFactory: () => createService(inject(DATABASE_HANDLE), isPlatformServer(inject(PLATFORM_ID))),
    },
  ])
}

/** Inherits from the handle, whose methods need no `this`. */
function createService(database: EngineDatabase, isOnServer: boolean): Database {
  const query$: Database['query$'] = (statement, parameters, options = {}) =>
    observeResults(() => observeQuery(database, statement, parameters, options), options, isOnServer)
  return Object.create(database, { query$: { value: query$, enumerable: true } }) as Database
}
