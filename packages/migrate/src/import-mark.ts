import type { Database } from '@datasync/engine'

/** Part of what was imported, so that it is there exactly if the rest is. */
export const MARK_TABLE = 'datasync_imports'

/** The state in which this old database was imported; undefined if it was not. */
export async function readMark(db: Database, source: string): Promise<string | undefined> {
  const table = await db.get("select 1 from sqlite_schema where type = 'table' and name = ?", [MARK_TABLE])
  if (table === undefined) return undefined
  const row = await db.get<{ readonly state: string }>(`select state from ${MARK_TABLE} where source = ?`, [
    source,
  ])
  return row?.state
}

/** Leaves the mark in the content that is about to be taken over. */
export function markScript(source: string, state: string): string {
  return `
    create table if not exists ${MARK_TABLE} (source text primary key, state text not null, at text not null);
    insert or replace into ${MARK_TABLE} values (${literal(source)}, ${literal(state)}, datetime('now'));`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
