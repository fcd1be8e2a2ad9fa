import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { rerunsOf } from '../support/expect-fresh.ts'

const SCHEMA = `
  create table t (id integer primary key, a integer, b text, unique (b));
  create table pair (a integer, b text, c text, primary key (a, b)) without rowid;
  create table strict_t (id integer primary key, n integer not null, r real) strict;
  create table parent (id integer primary key, name text);
  create table child (id integer primary key, parent_id integer references parent (id)
    on delete cascade on update cascade, label text);
  create table log (id integer primary key, text);
  create table audited (id integer primary key, x);
  create trigger audited_update after update on audited begin
    insert into log (text) values ('x is ' || new.x);
  end;
  create table other (id integer primary key, x);
  create virtual table f using fts5 (title);
  insert into t values (1, 1, 'one'), (2, 2, 'two'), (3, 3, 'three');
  insert into pair values (1, 'x', 'one'), (2, 'y', 'two');
  insert into strict_t values (1, 1, 1.5);
  insert into parent values (1, 'p'), (2, 'q');
  insert into child values (1, 1, 'c'), (2, 1, 'd'), (3, 2, 'e');
  insert into audited values (1, 'old');
  insert into other values (1, 1);
  insert into f values ('apple'), ('pear');
`

const T = 'select * from t order by id'
const T_COUNT = 'select count(*) as n from t'
const T_B = 'select b from t order by b'
const PAIR = 'select * from pair order by a, b'
const STRICT = 'select * from strict_t order by id'
const PARENT = 'select * from parent order by id'
const CHILD = 'select * from child order by id'
const CHILD_LABEL = 'select label from child order by id'
const LOG = 'select * from log order by id'
const AUDITED = 'select * from audited order by id'
const OTHER = 'select * from other order by id'
const F = "select title from f where f match 'apple' order by rowid"

let client: EngineClient

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
  const queries = [T, T_COUNT, T_B, PAIR, STRICT, PARENT, CHILD, CHILD_LABEL, LOG, AUDITED, OTHER, F]
  for (const sql of queries) await client.observe(sql)
})

/** What a write is called, the write, and the live queries that may run again for it. */
const writes: readonly (readonly [string, string, readonly string[]])[] = [
  ['an insert', "insert into t (a, b) values (4, 'four')", [T, T_COUNT, T_B]],
  ['an update of a column', 'update t set a = a + 1', [T]],
  ['an update of another column', "update t set b = b || '!'", [T, T_B]],
  ['an update of the row id', 'update t set id = id + 100', [T, T_COUNT, T_B]],
  ['an update of the row id by its own name', 'update t set rowid = rowid + 100', [T, T_COUNT, T_B]],
  ['a delete', 'delete from t where id = 2', [T, T_COUNT, T_B]],
  ['a truncating delete', 'delete from t', [T, T_COUNT, T_B]],
  ['a delete of all that is not one', 'delete from t where true', [T, T_COUNT, T_B]],
  ['an insert into a table WITHOUT ROWID', "insert into pair values (3, 'z', 'three')", [PAIR]],
  ['an update of a table WITHOUT ROWID', "update pair set c = 'new' where a = 1", [PAIR]],
  ['a delete from a table WITHOUT ROWID', 'delete from pair where a = 1', [PAIR]],
  ['a truncating delete of a table WITHOUT ROWID', 'delete from pair', [PAIR]],
  ['a write to a STRICT table', 'update strict_t set r = 2.5', [STRICT]],
  ['an insert that replaces a row', "insert or replace into t values (9, 9, 'two')", [T, T_COUNT, T_B]],
  ['REPLACE', "replace into t values (1, 9, 'two')", [T, T_COUNT, T_B]],
  ['an update that replaces a row', "update or replace t set b = 'two' where id = 1", [T, T_COUNT, T_B]],
  [
    'an upsert that inserts',
    "insert into t values (7, 7, 'x') on conflict do update set a = 0",
    [T, T_COUNT, T_B],
  ],
  [
    'an upsert that updates',
    "insert into t values (7, 7, 'two') on conflict (b) do update set a = excluded.a",
    [T, T_COUNT, T_B],
  ],
  ['an update from another table', 'update t set a = other.x + 41 from other where other.id = t.id', [T]],
  ['a write with RETURNING', 'update t set a = 0 where id = 2 returning *', [T]],
  [
    'a write with a common table expression',
    'with big as (select id from t where a > 1) update t set a = -a where id in (select id from big)',
    [T],
  ],
  ['an insert from a query', 'insert into other (x) select a from t union all select 99', [OTHER]],
  ['a trigger', "update audited set x = 'new'", [LOG, AUDITED]],
  ['a cascade of a delete', 'delete from parent where id = 1', [PARENT, CHILD, CHILD_LABEL]],
  ['a cascade of an update', 'update parent set id = id + 10', [PARENT, CHILD]],
  ['an insert into an FTS5 table', "insert into f values ('apple tart')", [F]],
  ['an update of an FTS5 table', "update f set title = 'cider' where rowid = 1", [F]],
  ['a delete from an FTS5 table', 'delete from f where rowid = 1', [F]],
  ['a truncating delete of an FTS5 table', 'delete from f', [F]],
]

test.each(writes)('%s reaches the queries that it concerns, and those alone', async (_, write, expected) => {
  const shown = client.probes.map(({ rows }) => rows)
  expect(await rerunsOf(client, () => client.run(write))).toEqual(expected)
  const isChanged = client.probes.some(({ rows }, index) => rows !== shown[index])
  expect(isChanged, 'the write is meant to change something').toBe(true)
})

test.each(writes)('%s does so from a transaction, on its commit', async (_, write, expected) => {
  const before = client.messages.length
  const transaction = await client.begin()
  await client.run(write, [], { transaction })
  expect(client.messages.slice(before).flatMap(({ updates }) => updates)).toEqual([])
  expect(await rerunsOf(client, () => client.commitTransaction(transaction))).toEqual(expected)
})

test.each(writes)('%s that is rolled back reaches nobody', async (_, write) => {
  const transaction = await client.begin()
  await client.run(write, [], { transaction })
  expect(await rerunsOf(client, () => client.rollback(transaction))).toEqual([])
  expect(await rerunsOf(client, 'update other set x = 5')).toEqual([OTHER])
})

test.each(writes)('%s that is undone to a savepoint shows nothing of it', async (_, write) => {
  const shown = client.probes.map(({ rows }) => rows)
  await client.transaction(async (transaction) => {
    await client.request('savepoint', { transaction, depth: 1, action: 'begin' })
    await client.run(write, [], { transaction })
    await client.request('savepoint', { transaction, depth: 1, action: 'rollback' })
  })
  expect(await rerunsOf(client, async () => undefined)).toEqual([])
  // A run for nothing is allowed here; a delivery is not.
  expect(client.probes.map(({ rows }) => rows)).toEqual(shown)
  expect(client.probes.map(({ deliveries }) => deliveries.length)).toEqual(client.probes.map(() => 1))
})

describe('a write that changes nothing runs nothing again:', () => {
  test.each([
    ['an update of no row', 'update t set a = 5 where id = 999'],
    ['a delete of no row', 'delete from t where id = 999'],
    ['an insert of no row', 'insert into t select * from t where id = 999'],
    ['an ignored insert', "insert or ignore into t values (1, 1, 'one')"],
    ['an upsert that does nothing', "insert into t values (1, 1, 'one') on conflict do nothing"],
    ['an update whose trigger has nothing to do', "update audited set x = 'new' where id = 999"],
    ['a cascade of no row', 'delete from parent where id = 999'],
    ['a delete of no row of an FTS5 table', 'delete from f where rowid = 999'],
    ['a statement that writes nothing', 'select * from t'],
  ])('%s', async (_, write) => {
    const { commit } = client
    expect(await rerunsOf(client, () => client.run(write))).toEqual([])
    expect(client.commit).toBe(commit)
  })

  test('a transaction of such writes', async () => {
    const reruns = await rerunsOf(client, () =>
      client.transaction(async (transaction) => {
        await client.run('update t set a = 5 where id = 999', [], { transaction })
        await client.run('delete from pair where a = 999', [], { transaction })
      }),
    )
    expect(reruns).toEqual([])
  })
})

test('a commit tells what it changed by table and column', async () => {
  const seen = client.changes.length
  await client.run('update t set a = 0')
  await client.run('delete from pair')
  await client.run("update audited set x = 'new'")
  await client.exec('create table fresh (x)')
  expect(client.changes.slice(seen).map(({ changes, everything }) => ({ changes, everything }))).toEqual([
    { changes: [{ schema: 'main', table: 't', columns: ['a'] }], everything: false },
    { changes: [{ schema: 'main', table: 'pair', columns: undefined }], everything: false },
    {
      changes: [
        { schema: 'main', table: 'audited', columns: ['x'] },
        { schema: 'main', table: 'log', columns: undefined },
      ],
      everything: false,
    },
    { changes: [], everything: true },
  ])
  const commits = client.changes.slice(seen).map(({ commit }) => commit)
  expect(commits).toEqual([0, 1, 2, 3].map((step) => (commits[0] ?? 0) + step))
})
