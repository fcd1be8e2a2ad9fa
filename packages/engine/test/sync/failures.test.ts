import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DataSyncError } from '../../src/errors.ts'
import { reportUncaught } from '../../src/worker/report-uncaught.ts'
import type { EngineClient } from '../support/engine-client.ts'
import { openStored, SCHEMA, type StoredClient, stubIndexedDb } from '../support/stored-client.ts'

vi.mock('../../src/worker/report-uncaught.ts', () => ({ reportUncaught: vi.fn<(error: unknown) => void>() }))

const insert = 'insert into t (a) values (randomblob(8000))'
const full = new DataSyncError('quota-exceeded', 'No room is left.')

beforeEach(() => {
  stubIndexedDb()
  vi.mocked(reportUncaught).mockClear()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function states({ client }: StoredClient): readonly unknown[] {
  return statesOf(client)
}

function statesOf(client: EngineClient): readonly unknown[] {
  return client.messages.flatMap(({ sync }) => (sync?.state === undefined ? [] : [sync.state]))
}

describe('where a sync fails under relaxed durability', () => {
  test('it is tried again with growing pauses, and nothing is lost', async () => {
    const stored = await openStored({ interval: 100 })
    const { client, store, types } = stored
    await client.exec(SCHEMA)
    store.failure = full
    await vi.advanceTimersByTimeAsync(100)
    await expect.poll(types).toEqual(['syncstart interval', 'syncfailure interval'])
    await client.run(insert)
    const attempts: number[] = []
    for (let seconds = 1; seconds <= 120; seconds++) {
      const before = types().length
      await vi.advanceTimersByTimeAsync(1000)
      await client.value('select 1')
      if (types().length > before) attempts.push(seconds)
    }
    expect(attempts.length).toBeGreaterThanOrEqual(7)
    expect(attempts.length).toBeLessThan(12)
    expect((attempts.at(-1) ?? 0) - (attempts.at(-2) ?? 0)).toBe(30)
    expect(states(stored)).toEqual([{ kind: 'failing', error: expect.objectContaining({ code: full.code }) }])

    store.failure = undefined
    await vi.advanceTimersByTimeAsync(30_000)
    await expect.poll(() => types().at(-1)).toBe('syncsuccess retry')
    expect(states(stored).at(-1)).toEqual({ kind: 'working' })
    await client.request('close', null)
    const other = await openStored()
    expect(await other.client.value('select count(*) from t')).toBe(1)
  })

  test('a drain says why, and the next one works', async () => {
    const { client, store } = await openStored({ interval: 60_000 })
    await client.exec(SCHEMA)
    store.failure = full
    await expect(client.request('sync', { cause: 'drain' })).rejects.toMatchObject({ code: 'quota-exceeded' })
    store.failure = undefined
    await client.request('sync', { cause: 'drain' })
    expect((await client.request('metrics', null)).dirtyBlocks).toBe(0)
  })

  test('what is attached stays so until what was written to it is stored', async () => {
    const { client, store } = await openStored({ interval: 60_000 })
    const other = { name: 'other', schema: 'other' }
    await client.request('attach', other)
    await client.exec("create table other.item (text); insert into other.item values ('kept')")
    store.failure = full
    await expect(client.request('detach', { schema: 'other' })).rejects.toMatchObject({
      code: 'quota-exceeded',
    })
    store.failure = undefined
    expect(await client.value('select text from other.item')).toBe('kept')
    await client.request('detach', { schema: 'other' })
    await client.request('attach', other)
    expect(await client.value('select text from other.item')).toBe('kept')
  })

  test('writes are refused where too much is pending, and it goes on by itself when there is room', async () => {
    const stored = await openStored({ interval: 60_000, maxDirtyBlocks: 20 })
    const { client, store, events } = stored
    await client.exec(SCHEMA)
    store.failure = full
    const writes = Array.from({ length: 50 }, () => client.run(insert))
    const outcomes = await Promise.allSettled(writes)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(30)
    for (const outcome of refused) expect(outcome).toMatchObject({ reason: { code: 'quota-exceeded' } })
    const kept = outcomes.length - refused.length
    expect(await client.value('select count(*) from t')).toBe(kept)
    await expect(client.begin()).rejects.toMatchObject({ code: 'quota-exceeded' })
    const { dirtyBlocks, errorRate, failedSyncs } = await client.request('metrics', null)
    expect(dirtyBlocks).toBeLessThan(30)
    expect([errorRate, failedSyncs > 0]).toEqual([1, true])
    expect(events().filter(({ type }) => type === 'backpressure')).toHaveLength(1)

    store.failure = undefined
    await vi.advanceTimersByTimeAsync(30_000)
    await expect.poll(() => states(stored).at(-1)).toEqual({ kind: 'working' })
    await client.run(insert)
    expect(await client.value('select count(*) from t')).toBe(kept + 1)
  })

  test('the same page written again and again is bounded too', async () => {
    const { client, store } = await openStored({ interval: 50, maxDirtyBytes: 60 * 4096 })
    await client.exec(`${SCHEMA}; insert into t values (1, 0)`)
    store.failure = full
    let written = 0
    const write = async (): Promise<void> => {
      for (; written < 500; written++) {
        await client.run('update t set a = a + 1')
        if (written % 10 === 0) await vi.advanceTimersByTimeAsync(1000)
      }
    }
    await expect(write()).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(written).toBeLessThan(70)
    expect(await client.value('select a from t')).toBe(written)
  })

  test.each(['fenced', 'connection-lost'] as const)(
    'with %s the worker ends, and says what is lost',
    async (code) => {
      const stored = await openStored({ interval: 60_000 })
      const { client, store, events } = stored
      await client.exec(SCHEMA)
      store.failure = new DataSyncError(code, 'Somebody else has it.')
      await expect(client.request('sync', { cause: 'drain' })).rejects.toMatchObject({ code })
      await vi.advanceTimersByTimeAsync(1)
      expect(reportUncaught).toHaveBeenCalledTimes(1)
      expect(events().at(-1)).toMatchObject({ type: 'syncfailure', isLost: true, error: { code } })
      expect(states(stored).at(-1)).toMatchObject({ kind: 'lost', error: { code } })
    },
  )

  test('what cannot be stored as the database is closed is lost, and says so', async () => {
    const stored = await openStored({ interval: 60_000 })
    await stored.client.exec(SCHEMA)
    stored.store.failure = full
    await expect(stored.client.request('close', null)).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(stored.events().at(-1)).toMatchObject({ type: 'syncfailure', cause: 'closing', isLost: true })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('where it still fails as the page is put to sleep', () => {
  test('what was in memory alone is lost', async () => {
    const { client, store } = await openStored({ interval: 60_000 })
    await client.exec(SCHEMA)
    store.failure = full
    await expect(client.request('sync', { cause: 'drain' })).rejects.toMatchObject({ code: full.code })
    await expect(client.request('suspend', null)).rejects.toMatchObject({ code: full.code })
    expect(statesOf(client)).toMatchObject([{ kind: 'failing' }, { kind: 'lost' }])
  })
})

test('under strict durability a sync that fails is told, and undone', async () => {
  const stored = await openStored({}, { durability: 'strict' })
  const { client, store, types } = stored
  await client.exec(SCHEMA)
  store.failure = full
  await expect(client.run(insert)).rejects.toMatchObject({ code: 'quota-exceeded' })
  expect(types().at(-1)).toBe('syncfailure commit')
  store.failure = undefined
  expect(await client.value('select count(*) from t')).toBe(0)
  expect(states(stored)).toEqual([])
})
