import type { Database } from '@datasync/engine'
import { provide } from 'vue'
import { databaseKey } from './database-key.ts'

/**
 * Gives the components below this one another database than that of the app. This component itself
 * asks for it by the option `database`.
 *
 * @example
 * provideDatabase(archive)
 */
export function provideDatabase(database: Database): void {
  provide(databaseKey, database)
}
