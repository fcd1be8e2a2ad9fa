import { expect, test } from 'vitest'
import { openClient } from '../../support/engine-client.ts'

/** Each begins without rows, so that every row is put where it belongs by comparing it. */
test.for<readonly [schema: string, query: string, writes: readonly string[], whole?: 'whole']>([
  [
    'create table t (a integer, b text)',
    'select rowid, * from t order by a desc, b',
    [
      `insert into t values (1, 'x'), (2, 'y')`,
      `insert into t values (2, 'a')`,
      `insert into t values (null, 'b')`,
      'update t set a = 3 where a = 1',
    ],
  ],
  [
    'create table t (a integer)',
    'select a from t order by a nulls last',
    ['insert into t values (1)', 'insert into t values (null)', 'insert into t values (0)'],
  ],
  [
    'create table t (a integer)',
    'select a from t order by a desc nulls first',
    ['insert into t values (1)', 'insert into t values (null)', 'insert into t values (2)'],
  ],
  [
    'create table t (a)',
    'select a, typeof(a) as kind from t order by a desc',
    [
      'insert into t values (1.5)',
      `insert into t values ('a')`,
      `insert into t values (x'00')`,
      'insert into t values (2)',
      'insert into t values (9007199254740993)',
      `insert into t values ('')`,
    ],
  ],
  [
    'create table t (a text collate nocase)',
    'select a from t order by a',
    [
      `insert into t values ('a')`,
      `insert into t values ('c')`,
      `insert into t values ('B')`,
      `insert into t values ('_')`,
    ],
  ],
  [
    'create table t (a text)',
    'select a from t order by a collate nocase desc',
    [`insert into t values ('a')`, `insert into t values ('c')`, `insert into t values ('B')`],
  ],
  [
    'create table t (a text)',
    'select a collate nocase as b from t order by b',
    [`insert into t values ('a')`, `insert into t values ('c')`, `insert into t values ('B')`],
    'whole',
  ],
  [
    'create table t (a text collate nocase)',
    'select +a as b from t order by b',
    [`insert into t values ('a')`, `insert into t values ('c')`, `insert into t values ('B')`],
    'whole',
  ],
  [
    'create table t (a text collate nocase)',
    'select a from t order by +a',
    [`insert into t values ('a')`, `insert into t values ('c')`, `insert into t values ('B')`],
    'whole',
  ],
  [
    'create table t (a text collate rtrim, b)',
    'select a, b from t order by a, b',
    [`insert into t values ('a ', 1)`, `insert into t values ('a', 2)`, `insert into t values ('a  ', 0)`],
    'whole',
  ],
  [
    'create table t (a integer, title text)',
    'select a, -a as title from t order by title',
    [`insert into t values (1, 'x')`, `insert into t values (2, 'y')`, `insert into t values (3, 'z')`],
  ],
  [
    'create table t (a integer, b integer)',
    'select *, a + b as c from t order by c, 1 desc',
    ['insert into t values (1, 5)', 'insert into t values (2, 4)', 'insert into t values (0, 0)'],
  ],
  [
    'create table t (a integer, b integer)',
    'select a, b from t order by (b % 10), lower(a) collate binary desc',
    ['insert into t values (1, 5)', 'insert into t values (2, 15)', 'insert into t values (0, 33)'],
  ],
  [
    'create table t (rowid text, b integer)',
    'select b from t order by b',
    [
      `insert into t values ('same', 5)`,
      `insert into t values ('same', 3)`,
      'update t set b = 9 where b = 5',
    ],
  ],
  [
    'create table t (rowid text, _rowid_ text, oid text, b integer)',
    'select b from t order by b',
    [
      `insert into t values (1, 1, 1, 5)`,
      `insert into t values (1, 1, 1, 3)`,
      'update t set b = 9 where b = 5',
    ],
    'whole',
  ],
  [
    'create table t (a blob primary key, b integer) without rowid',
    'select hex(a) as a, b from t order by b',
    [
      'insert into t values (zeroblob(40), 1)',
      `insert into t values (unhex(printf('%080d', 1)), 2)`,
      'insert into t values (zeroblob(41), 3)',
      'update t set b = 4 where b = 1',
    ],
  ],
  [
    'create table t (a text primary key, b integer) without rowid',
    'select a, b from t order by b',
    [
      `insert into t values ('a', 1), ('A', 2)`,
      `update t set b = 3 where a = 'a'`,
      `update t set a = 'B' where a = 'A'`,
    ],
  ],
  [
    'create table t (a text collate nocase primary key, b integer) without rowid',
    'select a, b from t order by b',
    [`insert into t values ('a', 1), ('B', 2)`, `update t set a = 'A' where b = 1`],
    'whole',
  ],
  [
    'create table t (a real, b integer, primary key (a, b)) without rowid',
    'select a, b from t order by b desc',
    [
      'insert into t values (1, 1), (1.5, 2)',
      'update t set a = 2 where b = 1',
      'delete from t where a = 1.5',
    ],
  ],
  [
    'create table t (a integer primary key, b integer, g as (b * 2))',
    'select a, g from t order by g desc',
    ['insert into t values (1, 1), (2, 5)', 'update t set b = 7 where a = 1'],
  ],
  [
    'create table t (a integer)',
    'select a from t where a > ? and a < ? order by a + ? limit ?',
    [
      'insert into t values (5), (3), (99)',
      'insert into t values (4)',
      'insert into t values (6)',
      'delete from t where a = 3',
    ],
  ],
  [
    'create table t (a integer)',
    'select ? as p, a from t where a between ?1 and ?2 order by a -- the end',
    ['insert into t values (5), (3), (99)', 'insert into t values (4)'],
  ],
  [
    'create table t (a integer); create table u (b integer)',
    'select a, (select count(*) from u where b = a) as n from t order by a',
    [
      'insert into t values (1), (2)',
      'insert into u values (2)',
      'begin; insert into t values (3); insert into u values (3), (1); commit',
    ],
    'whole',
  ],
  [
    'create table t (a integer primary key, b integer references t on delete cascade)',
    'select a, b from t order by b, a desc',
    [
      'pragma foreign_keys = on',
      'insert into t values (1, null), (2, 1), (3, 2), (4, 1)',
      'delete from t where a = 2',
      'delete from t',
    ],
  ],
  [
    'create table t (a integer primary key, b unique)',
    'select a, b from t order by b',
    [
      'insert into t values (1, 1), (2, 2)',
      'insert or replace into t values (3, 1)',
      'insert into t values (2, 9) on conflict (a) do update set b = excluded.b',
      'update or replace t set b = 1 where a = 2',
    ],
  ],
  [
    'create table t (a integer); create table u (b integer)',
    'select a, exists (select 1 from u where b = a) as n from t order by a',
    [
      'insert into t values (1), (2)',
      'insert into u values (2)',
      'begin; insert into t values (3); insert into u values (3), (1); commit',
    ],
  ],
])('%s; %s', async ([schema, query, writes, whole]) => {
  const client = await openClient()
  await client.exec(schema)
  const parameters = [2, 50, 1, 3].slice(0, query.includes('limit ?') ? 4 : query.includes('?2') ? 2 : 0)
  const probe = await client.observe(query, parameters)

  const { wholeRuns } = await client.request('explain', { live: probe.live })
  expect(wholeRuns === undefined ? undefined : 'whole').toBe(whole)
  for (const write of writes) {
    await client.exec(write)
    expect(probe.rows, write).toEqual(await client.query(query, parameters))
  }
})

test.for([5, 100])('of %i rows, those that were forgotten behind a limit come back', async (count) => {
  const client = await openClient()
  await client.exec(`
    create table t (a integer);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) insert into t select i from n`)
  const probe = await client.observe('select a from t order by a limit 2')

  for (let a = 0; a > -30; a--) {
    await client.exec(`insert into t values (${a})`)
    expect(probe.rows).toEqual([{ a }, { a: a + 1 }])
  }
  for (let a = -29; a < count - 2; a++) {
    await client.exec(`delete from t where a = ${a}`)
    expect(probe.rows).toEqual([{ a: a + 1 }, { a: a + 2 }])
  }
})
