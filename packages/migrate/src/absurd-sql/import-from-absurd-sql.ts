import type { Database } from '@datasync/engine'
import { importOldDatabase } from '../import-old-database.ts'
import type { OldImportOptions, OldImportOutcome } from '../old-import-options.ts'
import { absurdDatabase } from './absurd-database.ts'

/**
 * Imports a database of absurd-sql from its blocks in the IndexedDB of this origin. absurd-sql itself is not
 * needed, nor is an isolated page. A journal that lies beside it is rolled back. Call it before anything
 * else is done with `db`.
 *
 * `path` is what absurd-sql was given, such as `/sql/shop.sqlite`, of which only the last part counts.
 *
 * @throws DataSyncError `import-missing`, `import-in-use`, `import-damaged`, `import-refused`,
 *   `import-unfinished`, `aborted`, `quota-exceeded`, or what a migration or `prepare` fails with. But for a
 *   migration, nothing has changed then.
 *
 * @example
 * const db = createDatabase('shop', { migrations })
 * await importFromAbsurdSql(db, '/sql/shop.sqlite', { optional: true, schemaVersion: 1 })
 */
export async function importFromAbsurdSql(
  db: Database,
  path: string,
  options?: OldImportOptions,
): Promise<OldImportOutcome> {
  return importOldDatabase(db, absurdDatabase(path), options)
}
