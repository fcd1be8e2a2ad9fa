import { createDatabase, DataSyncError, sql } from '@datasync/engine'
import { TABLES } from '../../../docs/examples/tables.ts'
import { isFromDatabase, type FromDatabase, type GivenName } from './given-names.ts'

/**
 * The names that an example needs, each with what it stands for. `db` has these tables. A database that the example
 * attaches is there.
 */
export async function give(
  names: readonly GivenName[],
  databases: readonly string[],
  tables: readonly string[] = TABLES,
): Promise<Readonly<Record<string, unknown>>> {
  if (databases.includes('archive')) await makeArchive()
  return names.some(isFromDatabase) ? { ...GIVEN, ...(await giveDatabase(names, tables)) } : GIVEN
}

const GIVEN: Readonly<Record<Exclude<GivenName, FromDatabase>, unknown>> = {
  amount: 5,
  bytes: new Uint8Array(3),
  controller: new AbortController(),
  createDatabase,
  DataSyncError,
  descending: true,
  draw: expectRows,
  email: 'grace@example.org',
  enabled: true,
  from: 1,
  hideUnsaved: noop,
  id: 1,
  ids: [1, 2],
  insertAll: noop,
  list: 1,
  loadTodos: async () => [{ id: 1, title: 'milk' }],
  migrations: TABLES,
  offerReload: noop,
  options: {},
  payload: { kind: 'click' },
  pool: { query: async () => [{ id: 1, title: 'milk' }] },
  report: throwOther,
  show: noop,
  showPrivateWindowHint: noop,
  showTaken: noop,
  showUnsaved: noop,
  sql,
  sum: 5,
  sync: { schedule: noop },
  table: 'todo',
  title: 'milk',
  titles: ['salt', 'pepper'],
  to: 2,
  toLine: (row: object) => JSON.stringify(row),
  tx: undefined,
  upload: noop,
  user: { id: 1 },
  work: 'select 1',
  write: noop,
  writer: new WritableStream().getWriter(),
}

async function giveDatabase(
  names: readonly GivenName[],
  tables: readonly string[],
): Promise<Readonly<Record<FromDatabase, unknown>>> {
  const db = createDatabase('shop', { migrations: tables })
  return {
    db,
    file: names.includes('file') ? await db.export() : undefined,
    observer: db.observe('select * from todo'),
    provided: db,
  }
}

/** What an example has made goes away with it, also where it was left open. */
export async function deleteDatabases(names: readonly string[]): Promise<void> {
  for (const name of names) await createDatabase(name).delete()
}

async function makeArchive(): Promise<void> {
  await using archive = createDatabase('archive', { migrations: TABLES.slice(0, 1) })
  await archive.ready
}

function expectRows(rows: unknown): void {
  if (!Array.isArray(rows)) throw new TypeError('There are no rows to draw.')
}

/** Live queries that an example leaves behind end with the database. */
function throwOther(error: unknown): void {
  if (!(error instanceof DataSyncError) || error.code !== 'closed') throw error
}

function noop(): void {}
