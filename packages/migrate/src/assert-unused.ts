import { DataSyncError, type Database } from '@datasync/engine'

const TABLES = `
  select name from sqlite_schema
  where type = 'table' and rootpage > 0
    and name not like 'sqlite\\_%' escape '\\' and name not like 'datasync\\_%' escape '\\'`

/** @throws DataSyncError `import-refused` if there is a row that an import would take away */
export async function assertUnused(db: Database): Promise<void> {
  for (const { name } of await db.query<{ readonly name: string }>(TABLES)) {
    const row = await db.get(`select 1 from "${name.replaceAll('"', '""')}" limit 1`)
    if (row === undefined) continue
    throw new DataSyncError('import-refused', `The table "${name}" of "${db.name}" has rows already.`)
  }
}
