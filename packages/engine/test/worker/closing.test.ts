import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { makeDatabase } from '../support/make-database.ts'

const ENDLESS_ROWS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'

let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: 'create table t (id integer primary key, a integer); insert into t values (1, 1)',
  })
})

/** Something of every kind under way, none of which ends by itself. */
async function keepBusy(): Promise<readonly Promise<unknown>[]> {
  await client.observe('select a from t')
  const transaction = await client.begin()
  await client.run('update t set a = 100', [], { transaction })
  await client.begin({ readonly: true })
  await client.request('streamOpen', {
    stream: 1,
    sql: 'select a from t',
    parameters: [],
    transaction: undefined,
  })
  await client.request('exportOpen', { stream: 2 })
  await client.request('importOpen', null)
  return [
    ...Array.from({ length: 30 }, () => client.execute(ENDLESS_ROWS)),
    client.begin(),
    client.run('update t set a = 7'),
    client.batch(['update t set a = 8']),
    client.exec('update t set a = 9'),
    client.request('attach', { name: 'other', schema: 'other' }),
    client.query('select sum(a) from t'),
  ]
}

describe.each(['close', 'delete'] as const)('%s', (way) => {
  test('answers everything that is under way', async () => {
    const pending = (await keepBusy()).map((promise) =>
      promise.then(
        () => 'done',
        (error: unknown) => error,
      ),
    )
    await client.request(way, null)
    for (const outcome of await Promise.all(pending)) {
      if (outcome !== 'done') expect(outcome).toMatchObject({ code: 'closed' })
    }
    expect(client.unanswered).toBe(0)
    await expect.poll(() => client.engine.isIdle()).toBe(true)
  })

  test('leaves nothing under way of what it takes out of the queue of writers', async () => {
    const [, slept, ended] = client.send(
      { type: 'attach', payload: { name: 'other', schema: 'other' } },
      { type: 'suspend', payload: null },
      { type: way, payload: null },
    )
    await expect(slept).rejects.toMatchObject({ code: 'closed' })
    await ended
    await expect.poll(() => client.engine.isIdle()).toBe(true)
  })

  test('refuses everything that comes later, and may be called again', async () => {
    await client.request(way, null)
    for (const call of [
      () => client.query('select 1'),
      () => client.run('select 1'),
      () => client.exec('select 1'),
      () => client.batch([]),
      () => client.begin(),
      () => client.begin({ readonly: true }),
      () => client.observe('select 1'),
      () => client.exportBytes(),
      () => client.import(makeDatabase('create table t (x)')),
      () => client.request('attach', { name: 'other', schema: 'other' }),
      () => client.request('streamNext', { stream: 1 }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'closed' })
    }
    await client.request(way, null)
    await client.request('close', null)
    expect(client.unanswered).toBe(0)
  })

  test('sent together with other calls, it comes after those before it and before those after it', async () => {
    const statement = {
      parameters: [],
      lane: 'write',
      shape: 'no-rows',
      transaction: undefined,
      timeout: undefined,
    } as const
    const [write, closed, late] = client.send(
      { type: 'statement', payload: { sql: 'update t set a = 2', ...statement } },
      { type: way, payload: null },
      { type: 'statement', payload: { sql: 'update t set a = 3', ...statement } },
    )
    expect(await write).toMatchObject({ changes: 1 })
    await expect(late).rejects.toMatchObject({ code: 'closed' })
    await closed
  })
})

describe('suspended', () => {
  test('everything under way ends', async () => {
    const probe = await client.observe('select sum(a) as total from t')
    const transaction = await client.begin()
    await client.run('update t set a = 100', [], { transaction })
    const reading = client.execute(ENDLESS_ROWS)
    const suspended = client.request('suspend', null)
    await expect(reading).rejects.toThrow()
    await suspended
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'closed' })
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'closed' })
    expect(probe.error).toBeUndefined()
  })

  test('while something keeps the writer, what is still to come neither begins nor is in the way', async () => {
    const payload = {
      parameters: [],
      lane: 'auto',
      shape: 'all-rows',
      transaction: undefined,
      timeout: undefined,
    } as const
    const begin = { mode: 'immediate', readonly: false, timeout: 60_000 } as const
    const [attached, begun, written, suspended, read] = client.send(
      { type: 'attach', payload: { name: 'other', schema: 'other' } },
      { type: 'begin', payload: { transaction: 1, ...begin } },
      { type: 'statement', payload: { ...payload, sql: 'update t set a = 2', lane: 'write' } },
      { type: 'suspend', payload: null },
      { type: 'statement', payload: { ...payload, sql: ENDLESS_ROWS } },
    )
    // Which of them is answered first depends on how long the store takes to attach.
    await Promise.all([
      expect(begun).rejects.toMatchObject({ code: 'transaction-closed' }),
      expect(read).rejects.toMatchObject({ code: 'closed' }),
    ])
    expect(await attached).toBeNull()
    expect(await written).toMatchObject({ changes: 1 })
    expect(await suspended).toBeNull()
  })
})
