import { createDatabase, DataSyncError, sql } from '@datasync/engine'
import type { GivenName } from './given-names.ts'

/** The tables that examples speak of, with a few rows each. */
const migrations = [
  `create table todo (id integer primary key, title text not null, list integer not null default 7,
     done integer not null default 0)`,
  "insert into todo (title, done) values ('milk', 0), ('bread', 1), ('salt', 0)",
  'create table item (id integer primary key, title text not null, list integer not null, position integer not null)',
  "insert into item (title, list, position) values ('first', 7, 1), ('second', 7, 2)",
  'create table account (id integer primary key, balance integer not null)',
  'insert into account values (1, 100), (2, 0)',
  'create table entry (id integer primary key, title text not null, log integer not null, at integer not null)',
  "insert into entry (title, log, at) values ('woke up', 1, 1), ('went out', 1, 2)",
  'create table user (id integer primary key, email text unique)',
  "insert into user (email) values ('ada@example.org')",
  'create table event (at integer not null, payload text)',
  'create table job (id integer primary key, taken integer not null default 0)',
  'insert into job (taken) values (1), (0)',
  'create table payment (id integer primary key, amount integer not null)',
  'create table place (id integer primary key, name text)',
]

/** The names that an example needs, each with what it stands for. A database that it attaches is there. */
export async function give(
  names: readonly GivenName[],
  databases: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const given: Record<GivenName, unknown> = {
    amount: 5,
    bytes: new Uint8Array(3),
    createDatabase,
    DataSyncError,
    db: undefined,
    draw: expectRows,
    email: 'grace@example.org',
    file: undefined,
    id: 1,
    ids: [1, 2],
    insertAll: noop,
    list: 7,
    migrations,
    offerReload: noop,
    payload: { kind: 'click' },
    report: throwOther,
    show: noop,
    showPrivateWindowHint: noop,
    showTaken: noop,
    sql,
    title: 'milk',
    tx: undefined,
    upload: noop,
    user: { id: 1 },
    write: noop,
  }
  if (names.some((name) => name === 'db' || name === 'file')) {
    if (databases.includes('archive')) await makeArchive()
    const db = createDatabase('shop', { migrations })
    given.db = db
    if (names.includes('file')) given.file = await db.export()
  }
  return given
}

/** What an example has made goes away with it, also where it was left open. */
export async function deleteDatabases(names: readonly string[]): Promise<void> {
  for (const name of names) await createDatabase(name).delete()
}

async function makeArchive(): Promise<void> {
  await using archive = createDatabase('archive', { migrations: migrations.slice(0, 1) })
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
