import {
  createInProcessDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from './testing/in-process-database.ts'
import { memoryStore } from './worker/storage/memory-store.ts'

export type { TestDatabase, TestDatabaseOptions } from './testing/in-process-database.ts'

/**
 * Makes a database for unit tests, in Node or anywhere: the engine itself, in memory and without a
 * worker, behind the same protocol. Close it at the end of the test.
 *
 * @example
 * const db = createTestDatabase({ migrations: ['create table todo (title text)'] })
 * render(<DatabaseProvider database={db}><TodoList /></DatabaseProvider>)
 * await db.run('insert into todo values (?)', ['Buy milk'])
 * await db.flush()
 */
export function createTestDatabase(options: TestDatabaseOptions = {}): TestDatabase {
  return createInProcessDatabase(options, async () => memoryStore())
}
