import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh, rerunsOf } from '../support/expect-fresh.ts'

let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: `
      create table t (id integer primary key, a integer, b text);
      create table u (x integer);
      insert into t values (1, 1, 'one'), (2, 2, 'two');
      insert into u values (1);
    `,
  })
})

const SUM = 'select sum(a) as total from t'
const COUNT = 'select count(*) as n from t'

describe('TEMP', () => {
  test('a temporary table', async () => {
    await client.exec('create temp table s (x, y); insert into s values (1, 1)')
    const queries = ['select x from s', 'select x from temp.s', 'select count(*) from s']
    for (const sql of queries) await client.observe(sql)
    await client.observe(SUM)
    expect(await rerunsOf(client, 'update s set y = 2')).toEqual([])
    expect(await rerunsOf(client, 'update s set x = 2')).toEqual(queries.slice(0, 2))
    expect(await rerunsOf(client, 'insert into s values (3, 3)')).toEqual(queries)
    expect(await rerunsOf(client, 'update t set a = 9')).toEqual([SUM])
    await rerunsOf(client, 'drop table s')
    expect(await rerunsOf(client, 'update t set a = 10')).toEqual([SUM])
  })

  test('a temporary table that hides one of main, for as long as it is there', async () => {
    const sum = await client.observe(SUM)
    const count = await client.observe(COUNT)
    const main = await client.observe('select sum(a) as total from main.t')
    await rerunsOf(client, 'create temp table t (a, other)')
    expect(sum.rows).toEqual([{ total: null }])
    expect(main.rows).toEqual([{ total: 3 }])
    expect(await rerunsOf(client, 'insert into temp.t values (50, 0)')).toContain(SUM)
    expect(sum.rows).toEqual([{ total: 50 }])
    expect(await rerunsOf(client, 'update t set a = 60')).toContain(SUM)
    expect(await rerunsOf(client, 'update t set other = 60')).toEqual([])
    expect(await rerunsOf(client, 'update main.t set a = 5')).toContain(main.sql)
    expect(sum.rows).toEqual([{ total: 60 }])
    await rerunsOf(client, 'drop table temp.t')
    expect(sum.rows).toEqual([{ total: 10 }])
    expect(count.rows).toEqual([{ n: 2 }])
    expect(await rerunsOf(client, 'update t set a = 6')).toEqual([SUM, main.sql])
  })

  test('the same again, as often as one likes', async () => {
    const sum = await client.observe(SUM)
    for (let i = 1; i < 5; i++) {
      await rerunsOf(client, 'create temp table t (a)')
      expect(await rerunsOf(client, `insert into t values (${i})`)).toEqual([SUM])
      expect(sum.rows).toEqual([{ total: i }])
      await rerunsOf(client, 'drop table temp.t')
      expect(await rerunsOf(client, `update t set a = ${i}`)).toEqual([SUM])
      expect(sum.rows).toEqual([{ total: 2 * i }])
    }
  })

  test('a temporary table that is rolled back', async () => {
    const sum = await client.observe(SUM)
    const transaction = await client.begin()
    await client.exec('create temp table t (a); insert into t values (5)', transaction)
    expect(sum.rows).toEqual([{ total: 3 }])
    await client.rollback(transaction)
    await expectFresh(client)
    expect(await rerunsOf(client, 'update t set a = 6')).toEqual([SUM])
    expect(sum.rows).toEqual([{ total: 12 }])
  })

  test('in a transaction, nothing is shown before it ends', async () => {
    await client.exec('create temp table s (x); insert into s values (1)')
    const probe = await client.observe('select x from s')
    const transaction = await client.begin()
    await client.run('update s set x = 2', [], { transaction })
    await client.run('update t set a = 2', [], { transaction })
    expect(probe.rows).toEqual([{ x: 1 }])
    const waiting = client.query('select x from s')
    await client.rollback(transaction)
    expect(await waiting).toEqual([{ x: 1 }])
    expect(probe.deliveries).toHaveLength(1)
    await expectFresh(client)
  })

  test('a temporary view and a temporary trigger', async () => {
    await client.exec(`
      create temp view v as select a * 2 as d from t;
      create temp trigger tell after update of b on t begin insert into main.u values (new.id); end;
    `)
    const view = await client.observe('select d from v order by d')
    const log = await client.observe('select count(*) from u')
    expect(await rerunsOf(client, "update t set b = 'x'")).toEqual([log.sql])
    expect(await rerunsOf(client, 'update t set a = 5')).toEqual([view.sql])
    await rerunsOf(client, 'drop trigger tell; drop view v')
    expect(view.error?.code).toBe('sql')
    expect(await rerunsOf(client, "update t set b = 'y'")).toEqual([])
  })
})

describe('attached databases', () => {
  beforeEach(async () => {
    await client.request('attach', { name: 'second', schema: 'archive' })
    await client.exec(
      'create table archive.t (id integer primary key, a); insert into archive.t values (1, 100)',
    )
  })

  test('tables of one name are told apart', async () => {
    const main = await client.observe('select a from main.t order by id')
    const archive = await client.observe('select a from archive.t order by id')
    const both = await client.observe('select a from t union all select a from archive.t order by a')
    const count = await client.observe('select count(*) from archive.t')
    expect(await rerunsOf(client, 'update t set a = 5')).toEqual([main.sql, both.sql])
    expect(await rerunsOf(client, 'update archive.t set a = 6')).toEqual([archive.sql, both.sql])
    expect(await rerunsOf(client, 'insert into ARCHIVE.T values (2, 200)')).toEqual([
      archive.sql,
      both.sql,
      count.sql,
    ])
    expect(await rerunsOf(client, 'delete from archive.t')).toEqual([archive.sql, both.sql, count.sql])
    expect(client.changes.at(-1)?.changes).toEqual([{ schema: 'archive', table: 't', columns: undefined }])
  })

  test('readers see them without waiting for the writer', async () => {
    const transaction = await client.begin()
    await client.run('update archive.t set a = 1', [], { transaction })
    expect(await client.value('select a from archive.t')).toBe(100)
    await client.commitTransaction(transaction)
    expect(await client.value('select a from archive.t')).toBe(1)
  })

  test('a transaction over both', async () => {
    const probe = await client.observe(
      'select (select sum(a) from main.t) + (select sum(a) from archive.t) as total',
    )
    for (const amount of [5, 7, 11]) {
      await client.transaction(async (transaction) => {
        await client.run('update t set a = a - ? where id = 1', [amount], { transaction })
        await client.run('update archive.t set a = a + ?', [amount], { transaction })
      })
      await expectFresh(client)
    }
    expect(probe.deliveries).toHaveLength(1)
    expect(probe.rows).toEqual([{ total: 103 }])
  })

  test('detached, and another attached in its place', async () => {
    await client.exec('create table archive.only_there (a); insert into archive.only_there values (1)')
    const probe = await client.observe('select a from only_there')
    await client.request('detach', { schema: 'archive' })
    await expectFresh(client)
    expect(probe.error?.code).toBe('sql')
    await client.request('attach', { name: 'third', schema: 'archive2' })
    await rerunsOf(client, 'create table archive2.only_there (a); insert into archive2.only_there values (2)')
    expect(probe.rows).toEqual([{ a: 2 }])
    expect(await rerunsOf(client, 'update only_there set a = 3')).toEqual([probe.sql])
    await client.request('detach', { schema: 'ARCHIVE2' })
    await expectFresh(client)
    await client.request('attach', { name: 'third', schema: 'archive2' })
    await expectFresh(client)
    expect(await rerunsOf(client, 'update only_there set a = 4')).toEqual([probe.sql])
  })

  test('one after the other, each with a table of the same name', async () => {
    await client.request('attach', { name: 'third', schema: 'next' })
    await client.exec('create table archive.x (a); create table next.x (a)')
    await client.request('detach', { schema: 'next' })
    const probe = await client.observe('select a from x')
    let attached = 'archive'
    for (const [name, schema] of [
      ['third', 'one'],
      ['second', 'two'],
      ['third', 'three'],
      ['second', 'four'],
    ] as const) {
      await client.request('detach', { schema: attached })
      await client.request('attach', { name, schema })
      attached = schema
      await expectFresh(client)
      expect(await rerunsOf(client, `insert into ${schema}.x values (1)`), schema).toEqual([probe.sql])
    }
  })

  test('detached while it is being read: nothing breaks, and it can be attached again', async () => {
    await client.request('streamOpen', {
      stream: 1,
      sql: 'select a from archive.t',
      parameters: [],
      transaction: undefined,
    })
    const detached = await client.request('detach', { schema: 'archive' }).catch((error: unknown) => error)
    expect(detached).toMatchObject({ code: 'busy' })
    expect((await client.request('streamNext', { stream: 1 })).block.values).toEqual([[100]])
    await client.request('streamClose', { stream: 1 })
    await client.request('detach', { schema: 'archive' })
    await client.request('attach', { name: 'second', schema: 'again' })
    expect(await client.value('select a from again.t')).toBe(100)
  })

  test('only by a call: SQL that computes the name is refused', async () => {
    for (const sql of [
      "attach 'second' as y",
      'attach ? as y',
      "attach 'sec' || 'ond' as y",
      'detach archive',
      'detach ARCHIVE',
    ]) {
      const parameters = sql.includes('?') ? ['second'] : []
      await expect(client.run(sql, parameters), sql).rejects.toMatchObject({ code: 'attach-refused' })
    }
    await expect(client.request('attach', { name: 'second', schema: 'y' })).rejects.toMatchObject({
      code: 'database-in-use',
    })
    await expect(client.request('attach', { name: 'fourth', schema: 'archive' })).rejects.toThrow()
    expect(await client.value('select a from archive.t')).toBe(100)
    await client.request('attach', { name: 'fourth', schema: 'fourth' })
  })

  test('in memory, by SQL', async () => {
    const sum = await client.observe(SUM)
    await client.exec("attach ':memory:' as m; create table m.s (x, y); insert into m.s values (1, 1)")
    const probe = await client.observe('select x from m.s')
    const archive = await client.observe('select a from archive.t')
    expect(await rerunsOf(client, 'update m.s set x = 2')).toEqual([probe.sql])
    expect(await rerunsOf(client, 'update s set y = 2')).toEqual([])
    expect(await rerunsOf(client, 'update t set a = 2')).toEqual([SUM])
    expect(await rerunsOf(client, 'update archive.t set a = 2')).toEqual([archive.sql])
    await client.exec('detach m')
    await expectFresh(client)
    expect(probe.error?.code).toBe('sql')
    expect(await rerunsOf(client, 'update t set a = 3')).toEqual([SUM])
    expect(sum.rows).toEqual([{ total: 6 }])
  })
})
