import { describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../../support/engine-client.ts'
import type { LiveProbe } from '../../support/live-probe.ts'
import type { SqlParameters } from '../../../src/values.ts'

const SCHEMA = `
  create table item (id integer primary key, list integer, name text, code text collate nocase, price real, mark any_type);
  create table other (id integer primary key, item integer);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
    insert into item select i, i % 4, 'item ' || i, 'C' || i, i * 1.5, i from n;
  insert into other select id, id from item;`

async function openItems(): Promise<EngineClient> {
  const client = await openClient()
  await client.exec(SCHEMA)
  return client
}

/** How often a query ran while this was written. */
async function runsOf(client: EngineClient, probe: LiveProbe, write: string): Promise<number> {
  const before = probe.runs.length
  await client.exec(write)
  return probe.runs.length - before
}

test('of a thousand queries that each show one row, an update runs the one that shows it', async () => {
  const client = await openItems()
  const probes: LiveProbe[] = []
  for (let id = 1; id <= 1000; id++) {
    probes.push(await client.observe('select * from item where id = ?', [id]))
  }
  const runs = (): number => probes.reduce((sum, probe) => sum + probe.runs.length, 0)
  await client.exec("update item set name = 'once' where id = 1")
  const before = runs()

  await client.exec("update item set name = 'again' where id = 7")

  expect(runs() - before).toBe(1)
  expect(probes[6]?.rows).toMatchObject([{ id: 7, name: 'again' }])
})

const ROW_7 = "update item set name = 'x' where id = 7"

test.for<readonly [sql: string, parameters: SqlParameters, write: string, runs: number]>([
  ['select * from item where id = ?', [7], ROW_7, 1],
  ['select * from item where id = ?', [8], ROW_7, 0],
  ['select * from item where id = :id', { id: 8 }, ROW_7, 0],
  ['select * from item where ?1 = id and list < ?2', [8, 9], ROW_7, 0],
  ['select * from item where id in (?, 9, 11)', [8], ROW_7, 0],
  ['select * from item where id in (?, 9, 11)', [7], ROW_7, 1],
  ['select * from item where id between ? and ?', [8, 20], ROW_7, 0],
  ['select * from item where id between ? and ?', [6, 7], ROW_7, 1],
  ['select * from item where id > ?', [7], ROW_7, 0],
  ['select * from item where id >= ?', [7], ROW_7, 1],
  ['select * from item where id < 7.5', [], ROW_7, 1],
  ['select * from item where ? >= id', [7], ROW_7, 1],
  ['select * from item where ? >= id', [6], ROW_7, 0],
  ['select * from item where ? > id', [7], ROW_7, 0],
  ['select * from item where ? <= id', [7], ROW_7, 1],
  ['select * from item where ? < id', [7], ROW_7, 0],
  ['select * from item where ? < id', [6], ROW_7, 1],
  ['select * from item where price > 1000', [], ROW_7, 0],
  ['select count(*) as n from item where list = 1', [], ROW_7, 0],
  ['select count(*) as n from item where list = 3', [], ROW_7, 0],
  ['select name from item where list = 3', [], ROW_7, 1],
  ['select name from item where list = 1', [], 'update item set list = 1 where id = 7', 1],
  ['select name from item where list = 3', [], 'update item set list = 1 where id = 7', 1],
  ['select name from item where list = 2', [], 'update item set list = 1 where id = 7', 0],
  ["select id from item where name = 'item 7'", [], 'delete from item where id = 7', 1],
  ["select id from item where name = 'item 8'", [], 'delete from item where id = 7', 0],
  ["select id from item where code = 'c7'", [], 'delete from item where id = 7', 1],
  ["select id from item where code = 'c8'", [], 'delete from item where id = 7', 0],
  ['select * from item where id = null', [], ROW_7, 0],
  ['with c as (select * from item where id = ?) select name from c', [8], ROW_7, 0],
  ['with c as (select * from item where id = ?) select c.name from c, c as d', [7], ROW_7, 1],
  ['with c as (select * from item) select name from c where id = ?', [8], ROW_7, 1],
  // What cannot be vouched for.
  ['select * from item where +id = ?', [8], ROW_7, 1],
  ["select * from item where name = 'a' collate nocase", [], ROW_7, 1],
  ['select * from item where id = ? or list = 9', [8], ROW_7, 1],
  ['select * from item where not id = ?', [7], ROW_7, 1],
  ["select * from item where id = '8'", [], ROW_7, 1],
  ['select * from item a, item b where a.id = ? and b.id = ?', [8, 9], ROW_7, 1],
  ['select * from item where id = ? and abs(list) = 1', [8], ROW_7, 1],
  [
    'with item as (select 1 as id) select * from item where id = 1 union all select id from main.item',
    [],
    ROW_7,
    0,
  ],
  // The table stands in a part of the whole.
  ['select * from other o left join item i on i.id = o.item where i.id = ?', [8], ROW_7, 0],
  ['select * from other o join item i on i.id = o.item where o.id = ?', [8], ROW_7, 1],
  ['select (select name from item where id = 8) as name, id from other', [], ROW_7, 0],
  [
    'select id from other where item in (select id from item where list = 2)',
    [],
    'delete from item where id = 7',
    0,
  ],
  [
    'select id from other where item in (select id from item where list = 3)',
    [],
    'delete from item where id = 7',
    1,
  ],
])('%s with %j, after %s: runs %i times', async ([sql, parameters, write, runs]) => {
  const client = await openItems()
  const probe = await client.observe(sql, parameters)
  await client.exec('update item set id = id')

  expect(await runsOf(client, probe, write)).toBe(runs)
})

/** What only a comparison made as SQLite makes it finds. The second write is the one that has to be seen. */
test.for<readonly [schema: string, query: string, writes: readonly [string, string]]>([
  [
    'create table a (k text collate nocase); create table b (k text)',
    "select count(*) as n from a join b using (k) where k = 'a'",
    ["insert into a values ('A')", "insert into b values ('A')"],
  ],
  [
    'create table t (k text collate rtrim)',
    "select k from t where k = 'a'",
    ["insert into t values ('z')", "insert into t values ('a  ')"],
  ],
  [
    'create table t (k text)',
    'select k from t where k = 5',
    ["insert into t values ('z')", "insert into t values ('5')"],
  ],
  [
    'create table t (k integer)',
    "select k from t where k = '5'",
    ['insert into t values (1)', 'insert into t values (5)'],
  ],
  [
    'create table t (k)',
    'select k from t where k = 9007199254740993',
    ['insert into t values (1)', 'insert into t values (9007199254740993)'],
  ],
  [
    'create table t (k)',
    'select k from t where k = 5',
    ['insert into t values (1)', 'insert into t values (5.0)'],
  ],
  [
    'create table t (k)',
    'select k from t where k > 5',
    ['insert into t values (1)', "insert into t values ('text')"],
  ],
  [
    'create table t (k integer, g as (k + 1))',
    'select k from t where g = 6',
    ['insert into t values (1)', 'insert into t values (5)'],
  ],
  [
    'create table t (k integer); create trigger r after insert on t begin update t set k = 7 where k = 6; end',
    'select k from t where k = 7',
    ['insert into t values (1)', 'insert into t values (6)'],
  ],
  [
    'create table t (k integer primary key, v unique); insert into t values (1, 1), (2, 2)',
    'select v from t where k = 1',
    ['update t set v = 3 where k = 2', 'insert or replace into t values (9, 1)'],
  ],
  [
    'create table t (k integer); insert into t values (5)',
    'select k from t where k = 5',
    ['insert into t values (1)', 'delete from t'],
  ],
  [
    'create table t (k integer); create view v as select k from t; insert into t values (1)',
    'select k, (select count(*) from v) as n from t where k = 1',
    ['insert into t values (2)', 'insert into t values (3)'],
  ],
  [
    'create table t (k integer); create view v as with c as (select k from t) select k from c; insert into t values (1)',
    'select k, (select count(*) from v) as n from t where k = 1',
    ['insert into t values (2)', 'insert into t values (3)'],
  ],
  [
    'create table t (k integer); create view v as select k from t; create view u as select k from v; insert into t values (1)',
    'select k, (select max(k) from u) as n from t where k = 1',
    ['insert into t values (2)', 'insert into t values (3)'],
  ],
  [
    'create table t (k integer); create view v as with recursive c (i) as (select 1 union all select i + 1 from c, t where i < 3) select i from c; insert into t values (1)',
    'select k, (select count(*) from v) as n from t where k = 1',
    ['insert into t values (2)', 'insert into t values (3)'],
  ],
  [
    'create table t (k integer, x integer); insert into t values (1, 1)',
    'with c as (select k, x from t where k = 1), d as (select x from c) select (select sum(x) from d) as n, x from c',
    ['insert into t values (2, 2)', 'insert into t values (1, 3)'],
  ],
  [
    "create table t (k integer primary key, body); create virtual table w using fts5 (body, content='t', content_rowid='k'); insert into t values (1, 'a')",
    'select t.k, (select count(*) from w) as n from t where t.k = 1',
    ["insert into t values (2, 'b')", "insert into t values (3, 'c')"],
  ],
])('%s; %s: sees each of %j', async ([schema, query, writes]) => {
  const client = await openClient()
  await client.exec(schema)
  const probe = await client.observe(query)

  for (const write of writes) await client.exec(write)

  expect(probe.rows).toEqual(await client.query(query))
  expect(probe.runs.length).toBeGreaterThan(1)
})

test('the first row of thousands that one transaction changes is not missed', async () => {
  const client = await openItems()
  const probe = await client.observe('select name from item where id = 1')
  const updates = Array.from(
    { length: 3000 },
    (_, index) => `update item set name = '${index}', list = ${index} where id = ${(index % 20) + 1}`,
  )

  await client.observe('select name from item where list = -1')
  await client.exec(['begin', ...updates, 'commit'].join(';'))

  expect(probe.rows).toEqual([{ name: '2980' }])
})

test('the last of several statements may be the one that changes too many rows', async () => {
  const client = await openItems()
  const probe = await client.observe('select name from item where id = 1')
  const insert = (from: number, to: number): string =>
    `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to}) insert into item (id, name) select i, i from n`

  await client.exec(
    [
      'begin',
      "update item set name = 'x' where id = 1",
      insert(1001, 1600),
      insert(2001, 2600),
      'commit',
    ].join(';'),
  )

  expect(probe.rows).toEqual([{ name: 'x' }])
})

describe('a statement that was prepared before anybody asked about rows, and empties a table at once,', () => {
  const EMPTY = 'delete from other'

  test('is not missed', async () => {
    const client = await openItems()
    await client.run(EMPTY)
    await client.exec('insert into other values (3, 3)')
    const probe = await client.observe('select id from other where id = 3')

    await client.run(EMPTY)

    expect(probe.rows).toEqual([])
  })

  test('is not missed between others', async () => {
    const client = await openItems()
    await client.run(EMPTY)
    await client.exec('insert into other values (3, 3), (4, 4)')
    const probe = await client.observe('select id from other where id = 3')

    await client.transaction(async (transaction) => {
      await client.run('update other set item = 0 where id = 4', [], { transaction })
      await client.run(EMPTY, [], { transaction })
      await client.run('insert into other values (5, 5)', [], { transaction })
    })

    expect(probe.rows).toEqual([])
  })
})

test('a query that comes in the middle of a transaction sees what that had changed before', async () => {
  const client = await openItems()
  await client.observe('select name from item where id = 7')
  let probe: LiveProbe | undefined

  await client.transaction(async (transaction) => {
    await client.run('update item set list = 77 where id = 7', [], { transaction })
    probe = await client.observe('select id from item where list = 77')
  })

  expect(probe?.rows).toEqual([{ id: 7 }])
})
