import { inject, TransferState } from '@angular/core'
import type { Database } from '@datasync/engine'
import { hydrate } from '@datasync/engine/hydration'
import { dehydratedKey } from './dehydrated-key.ts'

/**
 * The database with the rows that `provideDehydrated` has loaded on the server, if it has: queries show them
 * until their live ones are there. To be called where the database is provided.
 *
 * @param key - In `TransferState`, where an app has several databases.
 * @throws DataSyncError `invalid-argument` if the page and the server have other versions of DataSync.
 *
 * @example
 * export const appConfig: ApplicationConfig = {
 *   providers: [
 *     provideClientHydration(),
 *     provideDatabase(() => injectHydrated(createDatabase('shop', { migrations }))),
 *   ],
 * }
 */
export function injectHydrated(database: Database, key?: string): Database {
  const state = inject(TransferState).get(dehydratedKey(key), undefined)
  return state === undefined ? database : hydrate(database, state)
}
