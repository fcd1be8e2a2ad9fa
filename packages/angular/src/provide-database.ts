import { isPlatformServer } from '@angular/common'
import { inject, makeEnvironmentProviders, PLATFORM_ID, type EnvironmentProviders } from '@angular/core'
import {
  createQueryReader,
  followResults,
  observeQuery,
  type Database as EngineDatabase,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
} from '@datasync/engine'
import { Observable } from 'rxjs'
import { DATABASE_HANDLE } from './database-handle.ts'
import { Database } from './database.ts'

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
  const query$ = <Row, Data>(
    statement: QueryStatement<Row>,
    parameters?: SqlParameters,
    options: QueryOptions<Row, Data> = {},
  ): Observable<QueryResult<Data>> =>
    new Observable((subscriber) => {
      const observer = observeQuery(database, statement, parameters, options)
      const read = createQueryReader<Row, Data>()
      return followResults(observer, (snapshot) => read(observer, snapshot, options), isOnServer, subscriber)
    })
  return Object.create(database, { query$: { value: query$, enumerable: true } }) as Database
}
