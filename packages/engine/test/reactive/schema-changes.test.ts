import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh, rerunsOf } from '../support/expect-fresh.ts'

const SCHEMA = `
  create table t (id integer primary key, a integer, b text);
  create table u (id integer primary key, x integer);
  insert into t values (1, 1, 'one'), (2, 2, 'two');
  insert into u values (1, 10), (2, 20);
`

let client: EngineClient

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
})

describe('a change of the schema under a live query:', () => {
  test('a column is added', async () => {
    const probe = await client.observe('select * from t order by id')
    await rerunsOf(client, "alter table t add column c default 'new'")
    expect(probe.rows[0]).toEqual({ id: 1, a: 1, b: 'one', c: 'new' })
    expect(await rerunsOf(client, "update t set c = 'changed' where id = 1")).toEqual([probe.sql])
  })

  test('a column is renamed, so that the query fails until it is there again', async () => {
    const probe = await client.observe('select a from t order by id')
    await rerunsOf(client, 'alter table t rename column a to z')
    expect(probe.error?.code).toBe('sql')
    expect(probe.rows, 'the last good rows are kept').toEqual([{ a: 1 }, { a: 2 }])
    await rerunsOf(client, 'update t set z = 5')
    await rerunsOf(client, 'alter table t rename column z to a')
    expect(probe.error).toBeUndefined()
    expect(probe.rows).toEqual([{ a: 5 }, { a: 5 }])
    expect(await rerunsOf(client, 'update t set a = 6')).toEqual([probe.sql])
  })

  test('a column is dropped', async () => {
    const probe = await client.observe('select * from t order by id')
    await rerunsOf(client, 'alter table t drop column b')
    expect(probe.rows).toEqual([
      { id: 1, a: 1 },
      { id: 2, a: 2 },
    ])
    expect(await rerunsOf(client, 'update t set a = 3')).toEqual([probe.sql])
  })

  test('two tables swap their names', async () => {
    const probe = await client.observe('select count(*) as n, max(id) as top from t')
    await client.exec('insert into u values (3, 30)')
    await rerunsOf(
      client,
      'begin; alter table t rename to s; alter table u rename to t; alter table s rename to u; commit',
    )
    expect(probe.rows).toEqual([{ n: 3, top: 3 }])
    expect(await rerunsOf(client, "insert into u values (7, 7, 'seven')")).toEqual([])
    expect(await rerunsOf(client, 'insert into t values (4, 40)')).toEqual([probe.sql])
  })

  test('the table is dropped and made anew', async () => {
    const probe = await client.observe('select a from t order by a')
    await rerunsOf(client, 'drop table t')
    expect(probe.error?.code).toBe('sql')
    await rerunsOf(client, 'create table t (a primary key, extra) without rowid')
    expect(probe.error).toBeUndefined()
    expect(probe.rows).toEqual([])
    expect(await rerunsOf(client, 'insert into t values (9, 9)')).toEqual([probe.sql])
    expect(await rerunsOf(client, 'update t set extra = 0')).toEqual([])
  })

  test('the table becomes a view of another', async () => {
    const probe = await client.observe('select a from t order by a')
    const count = await client.observe('select count(*) as n from t')
    await rerunsOf(client, 'begin; drop table t; create view t as select x as a from u; commit')
    expect(probe.rows).toEqual([{ a: 10 }, { a: 20 }])
    expect(await rerunsOf(client, 'insert into u values (3, 30)')).toEqual([probe.sql, count.sql])
    expect(await rerunsOf(client, 'update u set x = x + 1')).toContain(probe.sql)
    await rerunsOf(client, 'begin; drop view t; create table t (a); commit')
    expect(await rerunsOf(client, 'update u set x = x + 1')).toEqual([])
    expect(await rerunsOf(client, 'insert into t values (1)')).toEqual([probe.sql, count.sql])
  })

  test('the table becomes a full-text index', async () => {
    const probe = await client.observe('select b from t order by rowid')
    await rerunsOf(client, 'drop table t; create virtual table t using fts5 (a, b)')
    expect(await rerunsOf(client, "insert into t values ('x', 'y')")).toEqual([probe.sql])
  })

  test('the table does not exist yet', async () => {
    const probe = await client.observe('select * from later order by 1')
    expect(probe.error?.code).toBe('sql')
    expect(await rerunsOf(client, 'update t set a = 3')).toEqual([])
    await rerunsOf(client, 'create table later (x)')
    expect(probe.error).toBeUndefined()
    expect(await rerunsOf(client, 'insert into later values (1)')).toEqual([probe.sql])
  })

  test('a view is made over other columns', async () => {
    await client.exec('create view v as select a as c from t')
    const probe = await client.observe('select c from v order by c')
    expect(await rerunsOf(client, "update t set b = 'x'")).toEqual([])
    await rerunsOf(client, 'drop view v; create view v as select b as c from t')
    expect(await rerunsOf(client, "update t set b = 'y'")).toEqual([probe.sql])
    expect(await rerunsOf(client, 'update t set a = a + 1')).toEqual([])
  })

  test('a view that reads no table is made anew, which SQLite does not notice', async () => {
    const upTo = (n: number): string =>
      `with recursive n(x) as (select 1 union all select x + 1 from n where x < ${n}) select x from n`
    await client.exec(`create view v as ${upTo(1)}`)
    const probe = await client.observe('select x from v')
    const count = await client.observe('select count(*) as n from v')
    await expectFresh(client)
    const transaction = await client.begin({ readonly: true })
    await rerunsOf(client, `drop view v; create view v as ${upTo(2)}`)
    expect(await client.query('select x from v', [], { transaction })).toEqual([{ x: 1 }])
    await client.commitTransaction(transaction)
    expect(await client.query('select x from v')).toEqual([{ x: 1 }, { x: 2 }])
    expect(probe.rows).toEqual([{ x: 1 }, { x: 2 }])
    expect(count.rows).toEqual([{ n: 2 }])
    await rerunsOf(client, 'drop view v')
    await expect(client.query('select x from v')).rejects.toMatchObject({ code: 'sql' })
    expect(probe.error?.code).toBe('sql')
  })

  test('a table is dropped that a view joins, and that a query of it can do without', async () => {
    await client.exec(
      'create view v as with n (i) as (values (1), (2)) select i, u.id as x from n left join u on u.id = i',
    )
    const probe = await client.observe('select i from v')
    expect(probe.rows).toEqual([{ i: 1 }, { i: 2 }])
    await rerunsOf(client, 'drop table u')
    expect(probe.error?.code, 'which SQLite does not notice, either').toBe('sql')
    await rerunsOf(client, 'create table u (id integer primary key)')
    expect(probe.error).toBeUndefined()
  })

  test('a trigger comes and goes', async () => {
    const { sql } = await client.observe('select x from u order by id')
    const write = (): Promise<unknown> => client.run('update t set a = a + 1')
    expect(await rerunsOf(client, write)).toEqual([])
    await client.exec('create trigger tell after update on t begin update u set x = x + 1; end')
    expect(await rerunsOf(client, write)).toEqual([sql])
    await client.exec('drop trigger tell')
    expect(await rerunsOf(client, write)).toEqual([])
  })

  test('an index comes and goes', async () => {
    const { sql } = await client.observe('select a from t order by a')
    await rerunsOf(client, 'create unique index t_a on t (a, b)')
    expect(await rerunsOf(client, 'update t set a = a + 10')).toEqual([sql])
    await rerunsOf(client, 'drop index t_a')
    expect(await rerunsOf(client, 'update t set a = a + 10')).toEqual([sql])
    await rerunsOf(client, 'reindex')
  })

  test('it is rolled back', async () => {
    const probe = await client.observe('select * from t order by id')
    const transaction = await client.begin()
    await client.exec('alter table t add column c; drop table u; create table w (x)', transaction)
    await client.run("insert into t values (3, 3, 'three', 'c')", [], { transaction })
    await expectFresh(client)
    expect(await rerunsOf(client, () => client.rollback(transaction))).toEqual([])
    expect(await rerunsOf(client, 'update t set a = 5')).toEqual([probe.sql])
    expect(await client.value('select count(*) from u')).toBe(2)
  })

  test('it happens within a transaction, which others do not see before it ends', async () => {
    const probe = await client.observe('select * from t order by id')
    const shown = probe.rows
    const transaction = await client.begin()
    await client.exec('alter table t add column c', transaction)
    await client.run("update t set c = 'x'", [], { transaction })
    expect(await client.query('select * from t order by id')).toEqual(shown)
    expect(probe.rows).toBe(shown)
    await client.commitTransaction(transaction)
    await expectFresh(client)
    expect(probe.rows[0]).toEqual({ id: 1, a: 1, b: 'one', c: 'x' })
  })
})

test('the schema itself can be subscribed to', async () => {
  const queries = [
    'select name from sqlite_schema order by name',
    'select count(*) from sqlite_master',
    'select tbl_name, sql from main.sqlite_schema order by name',
    "select name from pragma_table_info ('t') order by cid",
    "select count(*) from pragma_table_xinfo ('t')",
    'select name from pragma_table_list order by schema, name',
    "select name from pragma_index_list ('t')",
    'pragma table_list (t)',
  ]
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, 'update t set a = 5; insert into u values (9, 9); delete from u')).toEqual([])
  for (const write of [
    'create table fresh (x)',
    'create index t_b on t (b)',
    'alter table t add column extra',
    'alter table fresh rename to stale',
    'drop table stale',
  ]) {
    expect(await rerunsOf(client, write), write).toEqual(queries)
  }
})

test.each(['vacuum', 'reindex', 'reindex t', 'pragma incremental_vacuum', 'analyze', 'pragma optimize'])(
  '%s, twice, leaves every result as it is and every later change is seen',
  async (upkeep) => {
    const probe = await client.observe('select * from t order by id')
    const shown = probe.rows
    for (let i = 0; i < 2; i++) {
      await rerunsOf(client, () => client.run(upkeep))
      await rerunsOf(client, () => client.query(upkeep))
    }
    expect(probe.rows).toBe(shown)
    expect(await rerunsOf(client, 'update t set a = a + 1')).toEqual([probe.sql])
  },
)
