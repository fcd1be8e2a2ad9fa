import { beforeEach, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { rerunsOf } from '../support/expect-fresh.ts'

const SCHEMA = `
  create table t (id integer primary key, v integer, w integer);
  create index t_v on t (v);
  create table o (id integer primary key, tv integer, note text);
  create table unrelated (id integer primary key, x);
  create table codes (code integer primary key);
  create table pair (a integer, b text, c text, primary key (a, b)) without rowid;
  create view joined as select o.id, o.note, t.v from o join t on t.v = o.tv;
  create virtual table f using fts5 (title, body);
  insert into t values (1, 10, 100), (2, 20, 200), (3, 20, 300);
  insert into o values (1, 10, 'ten'), (2, 20, 'twenty'), (3, 99, 'none');
  insert into unrelated values (1, 1);
  insert into pair values (1, 'x', 'one'), (2, 'y', 'two');
  insert into f values ('apple pie', 'sweet'), ('pear tart', 'sour');
`

let client: EngineClient

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
})

/** A statement, writes that change its result, and writes that touch nothing which it reads. */
interface Example {
  readonly sql: string
  readonly relevant: readonly string[]
  readonly irrelevant: readonly string[]
}

const ROWS_OF_T = [
  'insert into t values (4, 20, 400)',
  'delete from t where id = 1',
  'delete from t',
  'insert or replace into t values (5, 10, 500)',
]
const NOT_T = ['update unrelated set x = x + 1', "insert into o values (9, 9, 'nine')"]

const examples: readonly Example[] = [
  {
    sql: 'select * from t order by id',
    relevant: ['update t set v = 11 where id = 1', 'update t set w = 1', ...ROWS_OF_T],
    irrelevant: NOT_T,
  },
  {
    sql: 'select count(*) from t',
    relevant: ROWS_OF_T,
    irrelevant: ['update t set v = v + 1, w = 0', ...NOT_T],
  },
  {
    sql: 'select v from t order by v',
    relevant: ['update t set v = 11 where id = 1', ...ROWS_OF_T],
    irrelevant: ['update t set w = w + 1', ...NOT_T],
  },
  {
    sql: 'select max(v) from t',
    relevant: ['update t set v = 77 where id = 2', 'delete from t'],
    irrelevant: ['update t set w = w + 1', ...NOT_T],
  },
  {
    sql: 'select exists (select 1 from t where v = 20) as found',
    relevant: ['update t set v = 0', 'insert into t values (6, 20, 0)', 'delete from t'],
    irrelevant: ['update t set w = w + 1', ...NOT_T],
  },
  {
    sql: 'select o.note from o join t on t.v = o.tv order by o.id, t.id',
    relevant: [
      'update t set v = 99 where id = 1',
      "update o set note = 'changed' where id = 2",
      'insert into t values (7, 99, 0)',
      'delete from o where id = 2',
      'delete from t',
    ],
    irrelevant: ['update t set w = w + 1', 'update unrelated set x = x + 1'],
  },
  {
    sql: 'select * from joined order by id, v',
    relevant: [
      'update t set v = 99 where id = 1',
      "update o set note = 'changed'",
      'update o set tv = 20',
      'delete from t where id = 3',
      'delete from o',
    ],
    irrelevant: ['update t set w = w + 1', 'update unrelated set x = x + 1'],
  },
  {
    sql: 'select id, (select max(v) from t where v <= tv) as best from o order by id',
    relevant: ['update t set v = 12 where id = 1', 'update o set tv = 15 where id = 1', 'delete from t'],
    irrelevant: ['update t set w = w + 1', "update o set note = 'changed'", 'update unrelated set x = x + 1'],
  },
  {
    sql: "select title from f where f match 'apple' order by rowid",
    relevant: [
      "insert into f values ('apple', 'new')",
      "update f set body = 'apple' where title like 'pear%'",
      "delete from f where f match 'pie'",
      'delete from f',
    ],
    irrelevant: ['update unrelated set x = x + 1', 'update t set v = v + 1'],
  },
  {
    sql: 'select b, c from pair order by a, b',
    relevant: [
      "update pair set c = 'uno' where a = 1",
      "insert into pair values (3, 'z', 'three')",
      "replace into pair values (2, 'y', 'deux')",
      'update pair set a = 10 - a',
      'delete from pair where a = 8',
      'delete from pair',
    ],
    irrelevant: ['update unrelated set x = x + 1'],
  },
  {
    sql: 'select count(*) from pair',
    relevant: ["insert into pair values (3, 'z', 'three')", 'delete from pair'],
    irrelevant: ["update pair set c = 'other'"],
  },
  {
    sql: 'select a from pair order by a, b',
    relevant: ['update pair set a = a + 1', 'delete from pair'],
    irrelevant: ["update pair set c = 'other'"],
  },
  {
    sql: 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select i, w from n join t on t.id = i order by i',
    relevant: ['update t set w = 5 where id = 2', 'delete from t where id = 3'],
    irrelevant: ['update t set v = v + 1', ...NOT_T],
  },
  {
    sql: 'with c as (select v from t where w > 100) select count(*) from c',
    relevant: ['update t set w = 0 where id = 2', 'insert into t values (8, 1, 800)', 'delete from t'],
    irrelevant: [...NOT_T],
  },
  {
    sql: 'select v from t union select tv from o order by 1',
    relevant: ['update t set v = 55 where id = 1', 'update o set tv = 66 where id = 1', 'delete from o'],
    irrelevant: ['update t set w = 0', "update o set note = ''"],
  },
  {
    sql: 'select id, sum(v) over (order by id) as running from t order by id',
    relevant: ['update t set v = 1 where id = 1', 'delete from t where id = 2'],
    irrelevant: ['update t set w = 0'],
  },
  {
    sql: 'select o.id, t.v from o left join t on t.v = o.tv order by o.id, t.id',
    relevant: ['update t set v = 99 where id = 1', 'delete from t', 'insert into t values (9, 20, 0)'],
    irrelevant: ['update t set w = 0', "update o set note = ''"],
  },
  {
    sql: 'select id from o where tv in (select v from t) order by id',
    relevant: ['update t set v = 99 where id = 1', 'delete from t'],
    irrelevant: ['update t set w = 0', "update o set note = ''"],
  },
  {
    sql: 'select id from o where tv in codes order by id',
    relevant: ['insert into codes values (10)', 'update codes set code = 20', 'delete from codes'],
    irrelevant: ["update o set note = ''", 'delete from t'],
  },
  {
    sql: 'select id from o where (id, tv) in (select id, v from t) order by id',
    relevant: ['update t set v = 99 where id = 1', 'update o set tv = 10 where id < 2; update t set v = 10'],
    irrelevant: ['update t set w = 0', "update o set note = ''"],
  },
  {
    sql: 'select id from o order by (select w from t where t.id = o.id) desc, id limit (select count(*) from codes)',
    relevant: ['insert into codes values (1)', 'insert into codes values (2), (3)', 'update t set w = -w'],
    irrelevant: ["update o set note = ''", 'update t set v = 0'],
  },
  {
    sql: 'select count(*) as n, (select 1 from codes) as some from o group by tv having tv in (select v from t) order by tv',
    relevant: ['update t set v = 99', 'insert into codes values (1)', 'update o set tv = 99'],
    irrelevant: ["update o set note = ''", 'update t set w = 0'],
  },
  {
    sql: 'select 1 as one',
    relevant: [],
    irrelevant: ['delete from t', 'delete from f', 'delete from pair'],
  },
]

test.each(examples)(
  'what changes the result of "$sql" runs it again, and nothing else',
  async ({ sql, relevant, irrelevant }) => {
    const probe = await client.observe(sql)
    for (const write of irrelevant) {
      expect(await rerunsOf(client, write), write).toEqual([])
    }
    for (const write of relevant) {
      const shown = probe.rows
      expect(await rerunsOf(client, write), write).toEqual([sql])
      expect(probe.rows, `${write} is meant to change the result`).not.toEqual(shown)
    }
  },
)

test('a table that SQLite reads through an index only is read all the same', async () => {
  const [plan] = await client.query('explain query plan select v from t')
  expect(plan?.['detail']).toContain('COVERING INDEX')
  const { sql } = await client.observe('select v from t order by v')
  expect(await rerunsOf(client, 'update t set v = v * 2')).toEqual([sql])
})

test('the whole table in another letter case is the same table', async () => {
  const probe = await client.observe('select count(*) from T')
  const qualified = await client.observe('select count(*) from MAIN.T')
  expect(await rerunsOf(client, 'update unrelated set x = x + 1')).toEqual([])
  expect(await rerunsOf(client, 'delete from T where ID = 1')).toEqual([probe.sql, qualified.sql])
})

test('the reads of a thousand live queries are told apart', async () => {
  const probes = []
  for (let i = 0; i < 1000; i++) {
    probes.push(await client.observe(`select ${i % 2 === 0 ? 'v' : 'w'} as x, ${i} from t where +id = ${i}`))
  }
  const reruns = await rerunsOf(client, 'update t set w = w + 1')
  expect(reruns).toEqual(probes.filter((_, index) => index % 2 === 1).map(({ sql }) => sql))
})

test.each(['explain query plan select v from t', 'pragma table_info (t)', 'values (1), (2)'])(
  '"%s" can be subscribed to as well',
  async (sql) => {
    await client.observe(sql)
    await rerunsOf(client, 'drop index t_v')
    await rerunsOf(client, 'alter table t add column extra')
  },
)
