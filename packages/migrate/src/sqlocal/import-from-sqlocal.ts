import type { Database } from '@datasync/engine'
import { importOldDatabase } from '../import-old-database.ts'
import type { OldImportOptions, OldImportOutcome } from '../old-import-options.ts'
import { sqlocalDatabase } from './sqlocal-database.ts'

/**
 * Imports a database of sqlocal from its file in the origin private file system, with the journal or the log
 * beside it. sqlocal itself is not needed, nor is an isolated page. Its lock is held meanwhile, so that no tab
 * writes. Call it before anything else is done with `db`.
 *
 * `path` is what `new SQLocal(path)` was given, such as `shop.sqlite3`.
 *
 * @throws DataSyncError `import-missing`, `import-in-use`, `import-damaged`, `import-refused`,
 *   `import-unfinished`, `aborted`, `quota-exceeded`, or what a migration or `prepare` fails with. But for a
 *   migration, nothing has changed then.
 *
 * @example
 * const db = createDatabase('shop', { migrations })
 * await importFromSqlocal(db, 'shop.sqlite3', { optional: true, schemaVersion: 1 })
 */
export async function importFromSqlocal(
  db: Database,
  path: string,
  options?: OldImportOptions,
): Promise<OldImportOutcome> {
  return importOldDatabase(db, sqlocalDatabase(path), options)
}
