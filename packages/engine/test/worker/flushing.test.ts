import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { openClient, type Call, type EngineClient } from '../support/engine-client.ts'
import { expectFresh } from '../support/expect-fresh.ts'

const SCHEMA = 'create table t (id integer primary key, a integer); insert into t values (1, 1)'

afterEach(() => {
  vi.restoreAllMocks()
})

function insert(a: number): Call {
  const sql = 'insert into t (a) values (?)'
  const rest = { lane: 'write', shape: 'no-rows', transaction: undefined, timeout: undefined } as const
  return { type: 'statement', payload: { sql, parameters: [a], ...rest } }
}

/** The engine gathers what arrives right after a message that it has served. */
async function untilServedAtOnce(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** How often a file was made durable while `work` ran. */
async function flushesDuring(work: () => Promise<unknown>): Promise<number> {
  const sync = vi.spyOn(MemoryFile.prototype, 'sync')
  await work()
  const flushes = sync.mock.calls.length
  sync.mockRestore()
  return flushes
}

describe('under strict durability', () => {
  let client: EngineClient

  beforeEach(async () => {
    client = await openClient({ schema: SCHEMA })
  })

  test('a commit is flushed once before it is acknowledged', async () => {
    expect(await flushesDuring(() => client.run('update t set a = 2'))).toBe(1)
    expect(await flushesDuring(() => client.batch(['update t set a = 3', 'update t set a = 4']))).toBe(1)
  })

  test('the writes of one message share a flush', async () => {
    const calls = Array.from({ length: 50 }, (_, i) => insert(i))
    expect(await flushesDuring(() => Promise.all(client.send(...calls)))).toBe(1)
    expect(await client.value('select count(*) from t')).toBe(51)
  })

  test('messages that arrive while one is served share the next flush', async () => {
    const probe = await client.observe('select count(*) as n from t')
    const { commit } = client
    await untilServedAtOnce()
    const flushes = await flushesDuring(() =>
      Promise.all(Array.from({ length: 50 }, (_, i) => client.send(insert(i))).flat()),
    )
    expect(flushes).toBe(2)
    expect(probe.deliveries.map(({ rows }) => rows[0]?.['n'])).toEqual([1, 2, 51])
    expect(client.commit).toBe(commit + 2)
  })

  test('what changes nothing flushes nothing', async () => {
    expect(await flushesDuring(() => client.value('select sum(a) from t'))).toBe(0)
    expect(await flushesDuring(() => client.run('select 1'))).toBe(0)
    const transaction = await client.begin()
    const undone = flushesDuring(async () => {
      await client.run('update t set a = 5', [], { transaction })
      await client.rollback(transaction)
    })
    expect(await undone).toBe(0)
  })

  test('a write that could not be flushed is not acknowledged, and the next call works', async () => {
    const sync = vi.spyOn(MemoryFile.prototype, 'sync').mockImplementation(() => {
      throw new Error('The disk has gone')
    })
    await expect(client.run('update t set a = 2')).rejects.toMatchObject({ code: 'io-error' })
    const transaction = await client.begin()
    await client.run('update t set a = 3', [], { transaction })
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'io-error' })
    sync.mockRestore()
    const observed = await client.observe('select a from t')
    await client.run('update t set a = 4')
    expect(observed.rows).toEqual([{ a: 4 }])
    await client.rollback(transaction)
  })
})

describe('under relaxed durability', () => {
  test('a commit is acknowledged at once and flushed soon', async () => {
    const client = await openClient({ schema: SCHEMA, durability: 'relaxed' })
    const probe = await client.observe('select a from t')
    const sync = vi.spyOn(MemoryFile.prototype, 'sync')
    await client.run('update t set a = 2')
    expect(sync).not.toHaveBeenCalled()
    expect(probe.rows).toEqual([{ a: 2 }])
    await expect.poll(() => sync.mock.calls.length, { timeout: 5000 }).toBeGreaterThan(0)
    await expectFresh(client)
  })
})

describe('where the storage fails', () => {
  let client: EngineClient

  beforeEach(async () => {
    // A cache too small to hold what is read, so that the storage is asked again.
    client = await openClient({
      cacheSize: 1,
      schema: `
        create table t (id integer primary key, a integer, b text);
        insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
          select i, 1, printf('%0200d', i) from n;
      `,
    })
  })

  test.each(['read', 'write'] as const)('to %s, the call fails, and later ones work', async (method) => {
    const probe = await client.observe('select count(*) as n, sum(length(b)) as length from t')
    const { rows } = probe
    const fault = vi.spyOn(MemoryFile.prototype, method).mockImplementation(() => {
      throw new Error('The disk has gone')
    })
    const failed = { code: 'io-error' }
    await expect(client.run("update t set b = b || '!'")).rejects.toMatchObject(failed)
    const transaction = await client.begin().catch(() => undefined)
    if (transaction !== undefined) {
      await expect(client.run("update t set b = b || '!'", [], { transaction })).rejects.toThrow()
      await client.rollback(transaction)
    }
    if (method === 'read') await expect(client.query('select b from t')).rejects.toMatchObject(failed)
    fault.mockRestore()
    expect(probe.rows).toBe(rows)
    await client.run("update t set b = b || '!'")
    await expectFresh(client)
    expect(probe.rows[0]?.['length']).toBe(5000 * 201)
    expect(await client.value('pragma integrity_check')).toBe('ok')
  })

  test('to read for a live query, that query says so and is right again after the next change', async () => {
    const failing = await client.observe('select sum(length(b)) as length from t')
    const fine = await client.observe('select 1 as one')
    const read = vi.spyOn(MemoryFile.prototype, 'read')
    // The write itself reads nothing that is not in the cache of its connection.
    await client.run('update t set a = 2 where id = 1')
    read.mockImplementation(() => {
      throw new Error('The disk has gone')
    })
    await client.request('refetch', { live: failing.live })
    expect(failing.error?.code).toBe('io-error')
    expect(failing.rows).toEqual([{ length: 5000 * 200 }])
    expect(fine.error).toBeUndefined()
    read.mockRestore()
    await client.run("update t set b = '' where id = 1")
    await expectFresh(client)
    expect(failing.error).toBeUndefined()
    expect(failing.rows).toEqual([{ length: 4999 * 200 }])
  })
})
