import { createDatabase, type Database, type DatabaseOptions } from '@datasync/engine'
import { SMALL_CACHE } from './small-cache.ts'

/** An empty database in a store of the browser, with a page cache that is soon full. */
export async function openStoredDatabase(storage: DatabaseOptions['storage']): Promise<Database> {
  const name = `sqllogictest-${crypto.randomUUID()}`
  const db = createDatabase(name, { storage, cacheSize: SMALL_CACHE })
  await db.ready
  return db
}
