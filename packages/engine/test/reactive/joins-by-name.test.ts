import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { rerunsOf } from '../support/expect-fresh.ts'

// SQLite does not ask its authorizer about the columns that USING and NATURAL compare.
const SCHEMA = `
  create table a (k integer, x text, unread text);
  create table b (k integer, y text, unread text);
  create table pair (k integer primary key, z text) without rowid;
  create table other (id integer primary key, v integer, w integer);
  create view b_k as select k from b;
  create view a_b as select a.x from a join b using (k);
  create view a_b_again as select x from a_b;
  create view plain as select v from other;
  create virtual table f using fts5 (x);
  insert into a values (1, 'a1', ''), (2, 'a2', ''), (4, 'a4', '');
  insert into b values (1, 'b1', ''), (3, 'b3', ''), (4, 'b4', '');
  insert into pair values (1, 'p1'), (2, 'p2');
  insert into other values (1, 1, 1);
  insert into f values ('a1'), ('a4');
`

let client: EngineClient

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
})

const CHANGES_OF_A = [
  'update a set k = k + 1',
  'update a set k = k - 1',
  'insert into a values (3, null, null)',
]
const CHANGES_OF_B = [
  'update b set k = k + 1',
  'update b set k = k - 1',
  'delete from b where k = 1',
  'delete from b',
]

test.each([
  ['select x from a join b using (k) order by x', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select x from a natural join b order by x', ["update b set unread = 'not empty'", ...CHANGES_OF_A]],
  ['select x, y from a left join b using (k) order by x, y', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select y from a right join b using (k) order by y', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select k, x, y from a full join b using (k) order by k, x, y', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select count(*) from a join b using (k)', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select count(*) from a natural join b', ["update a set unread = 'not empty'", ...CHANGES_OF_A]],
  [
    'select z from b join pair using (k) order by z',
    ['update pair set k = 10 - k', 'update pair set k = 10 - k', ...CHANGES_OF_B],
  ],
  ['select x from a join b_k using (k) order by x', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select x from a_b order by x', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select x from a_b_again order by x', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select count(*) from a_b_again', [...CHANGES_OF_A, ...CHANGES_OF_B]],
  ['select v from other where exists (select 1 from a join b using (k))', ['delete from b']],
  [
    'select v from other where v in (select count(*) from a join b using (k))',
    ['update b set k = 9 where k = 1'],
  ],
  [
    'with j as (select x from a join b using (k)) select x from j order by x',
    [...CHANGES_OF_A, ...CHANGES_OF_B],
  ],
])('%s', async (sql, writes) => {
  const probe = await client.observe(sql)
  for (const write of writes) expect(await rerunsOf(client, write), write).toEqual([sql])
  expect(probe.deliveries.length, 'some of these writes change the result').toBeGreaterThan(1)
  expect(await rerunsOf(client, 'update other set w = w + 1')).toEqual([])
})

test('a virtual table that is joined by name', async () => {
  const { sql, deliveries } = await client.observe('select count(*) as n from a join f using (x)')
  for (const write of ["update f set x = 'a2'", "update a set x = 'a2'", 'delete from f']) {
    expect(await rerunsOf(client, write), write).toEqual([sql])
  }
  expect(deliveries.map(({ rows }) => rows[0]?.['n'])).toEqual([2, 6, 0])
})

test.each([
  'select x, y from a join b using ("K") order by x',
  'select x, y from a join b using ([k]) order by x',
  'select x, y from a join b using /* the key */ (k) order by x',
  'select x, y from a join b using ( k -- the key\n ) order by x',
  'select x, y from a join (select k, y from b) using (K) order by x',
  'select x, y from a join (select k + 0 as k, y from b) using (k) order by x',
])('%s', async (sql) => {
  await client.observe(sql)
  expect(await rerunsOf(client, 'update b set k = k + 1')).toEqual([sql])
  expect(await rerunsOf(client, 'update a set k = k + 1')).toEqual([sql])
})

test('columns that are neither joined nor read', async () => {
  await client.observe('select x from a join b using (k) order by x')
  await client.observe('select count(*) from a_b_again')
  expect(await rerunsOf(client, "update b set y = 'new', unread = 'new'")).toEqual([])
  expect(await rerunsOf(client, "update a set unread = 'new'")).toEqual([])
})

describe('queries that do not join by name are told apart by columns,', () => {
  test('whatever views there are beside them', async () => {
    const queries = ['select v from other', 'select v from plain', 'select x from a order by x']
    for (const sql of queries) await client.observe(sql)
    expect(await rerunsOf(client, 'update other set w = w + 1')).toEqual([])
    expect(await rerunsOf(client, 'update a set k = k + 1')).toEqual([])
    expect(await rerunsOf(client, 'update other set v = v + 1')).toEqual(queries.slice(0, 2))
  })

  test('also where the words stand in a text', async () => {
    const { sql } = await client.observe('select v, \'natural\' as "using" from other')
    await rerunsOf(client, 'update other set w = w + 1')
    expect(await rerunsOf(client, 'update other set v = v + 1')).toEqual([sql])
  })
})
