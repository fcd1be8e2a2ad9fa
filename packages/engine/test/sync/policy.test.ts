import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStored, SCHEMA, stubIndexedDb } from '../support/stored-client.ts'

beforeEach(() => {
  stubIndexedDb()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => void vi.useRealTimers())

const insert = 'insert into t (a) values (randomblob(8000))'

describe('under relaxed durability', () => {
  test('commits are stored together, when the interval from the first of them is over', async () => {
    const { client, store, types, events } = await openStored({ interval: 300 })
    await client.exec(SCHEMA)
    await vi.advanceTimersByTimeAsync(299)
    await client.run(insert)
    expect(store.flushes).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    await expect.poll(types).toEqual(['syncstart interval', 'syncsuccess interval'])
    expect(store.flushes).toBe(1)
    expect(events()[1]).toMatchObject({ blocks: 3 })
  })

  test('the log is taken over after a sync, and causes none', async () => {
    const { client, types } = await openStored({ interval: 1000 })
    await client.exec(SCHEMA)
    await vi.advanceTimersByTimeAsync(900)
    expect(types()).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    await expect.poll(types).toEqual(['syncstart interval', 'syncsuccess interval'])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(types()).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a pause syncs before the interval is over, where there is a debounce', async () => {
    const { client, types } = await openStored({ interval: 10_000, debounce: 50 })
    await client.exec(SCHEMA)
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(40)
      await client.run(insert)
    }
    expect(types()).toEqual([])
    await vi.advanceTimersByTimeAsync(50)
    await expect.poll(types).toEqual(['syncstart debounce', 'syncsuccess debounce'])
  })

  test.each([
    ['dirty-blocks', { maxDirtyBlocks: 20 }],
    ['dirty-bytes', { maxDirtyBytes: 20 * 4096 }],
  ] as const)('a bound on %s holds, however much is written at once', async (cause, policy) => {
    const { client, types, events } = await openStored({ interval: 60_000, ...policy })
    await client.exec(SCHEMA)
    await Promise.all(Array.from({ length: 200 }, () => client.run(insert)))
    await expect.poll(() => types().at(-1)).toBe(`syncsuccess ${cause}`)
    expect(types().slice(0, 3)).toEqual(['backpressure', `syncstart ${cause}`, `syncsuccess ${cause}`])
    for (const event of events()) {
      if (event.type === 'backpressure') expect(event.dirtyBlocks).toBeLessThan(40)
    }
    expect((await client.request('metrics', null)).dirtyBlocks).toBeLessThan(20)
    expect(await client.value('select count(*) from t')).toBe(200)
  })

  test.each(['hidden', 'frozen', 'closing', 'drain'] as const)('%s syncs when asked', async (cause) => {
    const { client, types } = await openStored({ interval: 60_000 })
    await client.exec(SCHEMA)
    await client.request('sync', { cause })
    expect(types()).toEqual([`syncstart ${cause}`, `syncsuccess ${cause}`])
    await client.request('sync', { cause })
    expect(types()).toHaveLength(2)
  })

  test('what was drained is there, what was not is not, and after closing everything is', async () => {
    const { client } = await openStored({ interval: 60_000 })
    await client.exec(`${SCHEMA}; ${insert}`)
    await client.request('sync', { cause: 'drain' })
    await client.run(insert)
    await client.request('close', null)
    expect(vi.getTimerCount()).toBe(0)
    const other = await openStored()
    expect(await other.client.value('select count(*) from t')).toBe(2)
  })

  test('putting the page to sleep stores what is pending', async () => {
    const { client, types } = await openStored({ interval: 60_000 })
    await client.exec(`${SCHEMA}; ${insert}`)
    await client.request('suspend', null)
    expect(types()).toEqual(['syncstart frozen', 'syncsuccess frozen'])
    expect(vi.getTimerCount()).toBe(0)
    const other = await openStored()
    expect(await other.client.value('select count(*) from t')).toBe(1)
  })

  test('nothing is told to who does not listen', async () => {
    const { client, events } = await openStored({ interval: 100 })
    await client.request('syncWatch', { enabled: false })
    await client.exec(SCHEMA)
    await client.request('sync', { cause: 'drain' })
    expect(events()).toEqual([])
  })
})

test('under strict durability each turn syncs before it is acknowledged', async () => {
  const { client, types, events } = await openStored({}, { durability: 'strict' })
  await client.exec(SCHEMA)
  expect(types()).toEqual(['syncstart commit', 'syncsuccess commit'])
  await Promise.all([client.run(insert), client.run(insert)])
  expect(events().length).toBeLessThanOrEqual(6)
})

test('the metrics tell what was done, and of what', async () => {
  const { client } = await openStored({ interval: 60_000 })
  await client.exec(SCHEMA)
  await client.request('sync', { cause: 'drain' })
  await client.run(insert)
  const metrics = await client.request('metrics', null)
  expect(metrics).toMatchObject({
    commits: 2,
    syncs: 1,
    failedSyncs: 0,
    errorRate: 0,
    syncsByCause: { drain: 1 },
    storedBlocks: 2,
    checksumFailures: 0,
  })
  expect(metrics.dirtyBlocks).toBeGreaterThanOrEqual(3)
  expect(metrics.dirtyBytes).toBe(metrics.dirtyBlocks * 4120)
  expect(metrics.bytesPerSecond).toBeGreaterThan(0)
  expect(metrics.cache).toMatchObject({ capacity: Infinity })
  expect(metrics.cache?.reads).toBe((metrics.cache?.hits ?? 0) + (metrics.cache?.misses ?? 0))
})
