import type { Database } from '@datasync/engine'
import { importOldDatabase } from '../import-old-database.ts'
import type { OldImportOptions, OldImportOutcome } from '../old-import-options.ts'
import { sqlJsDatabase } from './sql-js-database.ts'
import type { SqlJsSource } from './sql-js-source.ts'

/**
 * Imports what an app has kept of a database of sql.js: the bytes of its `export()`, or the place where they
 * are, whatever text or list was made of them. Call it before anything else is done with `db`.
 *
 * @throws DataSyncError `import-missing`, `import-damaged`, `import-refused`, `import-unfinished`, `aborted`,
 *   `invalid-argument`, `quota-exceeded`, or what a migration or `prepare` fails with. But for a migration,
 *   nothing has changed then.
 *
 * @example
 * const db = createDatabase('shop', { migrations })
 * await importFromSqlJs(db, { localStorage: 'shop' }, { optional: true, schemaVersion: 1 })
 */
export async function importFromSqlJs(
  db: Database,
  source: SqlJsSource,
  options?: OldImportOptions,
): Promise<OldImportOutcome> {
  return importOldDatabase(db, sqlJsDatabase(source), options)
}
