import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh, rerunsOf } from '../support/expect-fresh.ts'

const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
const ENDLESS_WRITE =
  'insert into t (a) with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'

let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: `
      create table t (id integer primary key, a integer);
      insert into t values (1, 1), (2, 2);
    `,
  })
})

const sum = (): Promise<unknown> => client.value('select sum(a) from t')

describe('the timeout of a transaction', () => {
  test('undoes it and lets the next one have its turn', async () => {
    const transaction = await client.begin({ timeout: 20 })
    // On a slow machine, the time is over already.
    await client.run('update t set a = 100', [], { transaction }).catch(() => undefined)
    const next = client.run('insert into t values (3, 3)')
    await next
    expect(await sum()).toBe(6)
    const late = { code: 'transaction-timeout' }
    await expect(client.run('update t set a = 7', [], { transaction })).rejects.toMatchObject(late)
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject(late)
    await client.rollback(transaction)
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'transaction-closed' })
    expect(await sum()).toBe(6)
  })

  test.each([ENDLESS, ENDLESS_WRITE])('ends the statement that is running then: %s', async (sql) => {
    const transaction = await client.begin({ timeout: 30 })
    const late = { code: 'transaction-timeout' }
    await expect(client.run(sql, [], { transaction })).rejects.toMatchObject(late)
    await client.run('insert into t values (3, 3)')
    expect(await sum()).toBe(6)
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject(late)
  })

  test('of a read-only one frees its reader', async () => {
    const held = []
    for (let i = 0; i < 8; i++) held.push(await client.begin({ readonly: true, timeout: 20 }))
    await expect
      .poll(() => client.begin({ readonly: true, timeout: 10_000 }).catch((error: unknown) => error))
      .toEqual(expect.any(Number))
    await expect(client.query('select 1', [], { transaction: held[0] })).rejects.toMatchObject({
      code: 'transaction-timeout',
    })
  })
})

describe('the timeout of a statement', () => {
  const late = { code: 'timeout' }

  test('ends an endless read, and the next call works', async () => {
    await expect(client.execute(ENDLESS, [], { timeout: 20 })).rejects.toMatchObject(late)
    expect(await sum()).toBe(3)
  })

  test('ends an endless read that gives rows all the time', async () => {
    const rows = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'
    await expect(client.execute(rows, [], { timeout: 50 })).rejects.toMatchObject(late)
    expect(await sum()).toBe(3)
  })

  test('ends an endless write, of which nothing is kept', async () => {
    const probe = await client.observe('select sum(a) as total from t')
    expect(
      await rerunsOf(client, () =>
        expect(client.run(ENDLESS_WRITE, [], { timeout: 50 })).rejects.toMatchObject(late),
      ),
    ).toEqual([])
    await client.run('insert into t values (3, 3)')
    expect(probe.rows).toEqual([{ total: 6 }])
  })

  test('ends a script and a batch', async () => {
    const script = client.request('script', {
      sql: `update t set a = 9; ${ENDLESS}`,
      transaction: undefined,
      timeout: 20,
    })
    await expect(script).rejects.toMatchObject(late)
    expect(await sum()).toBe(18)
    const runs = ['update t set a = 100', ENDLESS].map((sql) => ({ sql, parameters: [[]] }))
    const batch = client.request('batch', { runs, transaction: undefined, timeout: 20 })
    await expect(batch).rejects.toMatchObject(late)
    expect(await sum()).toBe(18)
  })

  test('ends a read in a transaction, which goes on', async () => {
    const transaction = await client.begin()
    await client.run('update t set a = 10', [], { transaction })
    await expect(client.execute(ENDLESS, [], { transaction, timeout: 20 })).rejects.toMatchObject(late)
    expect(await client.value('select sum(a) from t', { transaction })).toBe(20)
    await client.commitTransaction(transaction)
    expect(await sum()).toBe(20)
  })

  test('does not end the live queries that run after it', async () => {
    await client.exec(`
      create table big (i);
      insert into big with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) select i from n;
    `)
    const probe = await client.observe('select count(*) as n, sum(i * i % 7) as s from big')
    const [write, endless] = client.send(
      {
        type: 'statement',
        payload: {
          sql: 'delete from big where i > 40000',
          parameters: [],
          lane: 'write',
          shape: 'no-rows',
          transaction: undefined,
          timeout: undefined,
        },
      },
      {
        type: 'statement',
        payload: {
          sql: ENDLESS,
          parameters: [],
          lane: 'write',
          shape: 'all-rows',
          transaction: undefined,
          timeout: 20,
        },
      },
    )
    await write
    await expect(endless).rejects.toMatchObject(late)
    expect(probe.error).toBeUndefined()
    expect(probe.rows[0]?.['n']).toBe(40_000)
    await expectFresh(client)
  })
})

test.each([2 ** 31, 1e12, Infinity])('a transaction may have %d ms', async (timeout) => {
  const transaction = await client.begin({ timeout })
  await client.run('update t set a = 10', [], { transaction })
  // A timer that was set later goes off later.
  await new Promise((resolve) => setTimeout(resolve, 1))
  await client.commitTransaction(transaction)
  expect(await sum()).toBe(20)
})

test('P4: a write is shown as it is answered, though a transaction takes the writer at once', async () => {
  await client.exec('create temp table beside (x)')
  const probe = await client.observe('select count(*) as n from t')
  const before = Number(await client.value('select count(*) from t'))
  const statement = {
    sql: 'insert into t (a) values (1)',
    parameters: [],
    lane: 'write',
    shape: 'no-rows',
    transaction: undefined,
    timeout: undefined,
  } as const
  const begin = { transaction: 1, mode: 'immediate', readonly: false, timeout: 60_000 } as const
  const [written, begun] = client.send(
    { type: 'statement', payload: statement },
    { type: 'begin', payload: begin },
  )
  await written
  expect(probe.rows).toEqual([{ n: before + 1 }])
  await begun
  await client.run('insert into t (a) values (2)', [], { transaction: 1 })
  expect(probe.rows).toEqual([{ n: before + 1 }])
  await client.commitTransaction(1)
  expect(probe.rows).toEqual([{ n: before + 2 }])
})
