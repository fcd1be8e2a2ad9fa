import { beforeEach, describe, expect, test, vi } from 'vitest'
import { DataSyncError } from '../../src/errors.ts'
import type { Durability } from '../../src/link/protocol.ts'
import { reportUncaught } from '../../src/worker/report-uncaught.ts'
import type { Call } from '../support/engine-client.ts'
import { openStored, type StoredClient, stubIndexedDb } from '../support/stored-client.ts'

vi.mock('../../src/worker/report-uncaught.ts', () => ({ reportUncaught: vi.fn<(error: unknown) => void>() }))

const full = new DataSyncError('quota-exceeded', 'No room is left.')

beforeEach(() => {
  stubIndexedDb()
  vi.mocked(reportUncaught).mockClear()
})

/** A row in each of two databases, both stored. */
async function openBoth(durability: Durability = 'strict'): Promise<StoredClient> {
  const stored = await openStored({ interval: 60_000 }, { durability })
  const { client } = stored
  await client.request('attach', { name: 'archive', schema: 'archive' })
  await client.exec(`create table main.t (id integer primary key); insert into main.t values (1);
    create table archive.t (id integer primary key); insert into archive.t values (10)`)
  await client.request('sync', { cause: 'drain' })
  return stored
}

const MOVE = ['insert into archive.t select id from main.t', 'delete from main.t'] as const

function statement(sql: string): Call {
  const rest = { lane: 'write', shape: 'no-rows', transaction: undefined, timeout: undefined } as const
  return { type: 'statement', payload: { sql, parameters: [], ...rest } }
}

async function rowsOf({ client }: StoredClient): Promise<readonly unknown[]> {
  const rows = async (schema: string): Promise<unknown> =>
    (await client.query(`select id from ${schema}.t order by id`)).map(({ id }) => id)
  return Promise.all([rows('main'), rows('archive')])
}

/** What another engine finds, once this one is gone. */
async function storedRows(): Promise<readonly unknown[]> {
  const stored = await openStored({}, { durability: 'strict' })
  await stored.client.request('attach', { name: 'archive', schema: 'archive' })
  return rowsOf(stored)
}

describe('where one of two databases cannot be stored', () => {
  test('what is stored in the other stays, and the rest is kept until there is room', async () => {
    const stored = await openBoth()
    const { client, store } = stored
    const probe = await client.observe('select id from archive.t order by id')
    store.failing = 'archive'
    store.failure = full
    await expect(client.batch(MOVE)).rejects.toMatchObject({
      code: 'io-error',
      message: expect.stringMatching(/"archive" is kept.*No room is left/s),
    })
    expect(await rowsOf(stored)).toEqual([[], [1, 10]])
    expect(probe.rows).toEqual([{ id: 1 }, { id: 10 }])
    // It is tried again with each turn, and stays.
    await expect(client.run('insert into main.t values (2)')).rejects.toMatchObject({ code: 'io-error' })
    expect(await rowsOf(stored)).toEqual([[2], [1, 10]])

    store.failure = undefined
    await client.run('insert into main.t values (3)')
    await client.request('close', null)
    expect(await storedRows()).toEqual([
      [2, 3],
      [1, 10],
    ])
  })

  test('a write to the other, in the same turn, is not told to be undone', async () => {
    const stored = await openBoth()
    const { client, store } = stored
    store.failing = 'archive'
    store.failure = full
    const outcomes = await Promise.allSettled(
      client.send(statement('insert into main.t values (2)'), statement('insert into archive.t values (20)')),
    )
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'io-error' } })
    expect(await rowsOf(stored)).toEqual([
      [1, 2],
      [10, 20],
    ])
  })

  test('nothing of it is kept where nothing is stored, in either of them', async () => {
    const stored = await openBoth()
    const { client, store } = stored
    for (const failing of ['shop', undefined]) {
      store.failing = failing
      store.failure = full
      await expect(client.batch(MOVE)).rejects.toMatchObject({ code: 'quota-exceeded' })
      store.failure = undefined
      expect(await rowsOf(stored)).toEqual([[1], [10]])
    }
    store.failing = 'archive'
    store.failure = full
    await expect(client.run('delete from archive.t')).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(await rowsOf(stored)).toEqual([[1], [10]])
    store.failure = undefined
    await client.batch(MOVE)
    await client.request('close', null)
    expect(await storedRows()).toEqual([[], [1, 10]])
  })

  test('what could not be stored is not detached before it is', async () => {
    const { client, store } = await openBoth()
    store.failing = 'archive'
    store.failure = full
    await expect(client.batch(MOVE)).rejects.toMatchObject({ code: 'io-error' })
    await expect(client.request('detach', { schema: 'archive' })).rejects.toMatchObject({ code: 'io-error' })
    store.failure = undefined
    await client.request('detach', { schema: 'archive' })
    await client.request('close', null)
    expect(await storedRows()).toEqual([[], [1, 10]])
  })

  test('and nobody knows what it holds, the worker ends', async () => {
    const { client, store } = await openBoth()
    store.failing = 'archive'
    store.failure = full
    await expect(client.batch(MOVE)).rejects.toMatchObject({ code: 'io-error' })
    store.failure = new DataSyncError('fenced', 'Somebody else has it.')
    await expect(client.run('insert into main.t values (2)')).rejects.toMatchObject({ code: 'fenced' })
    await expect.poll(() => vi.mocked(reportUncaught).mock.calls).toMatchObject([[{ code: 'fenced' }]])
  })
})

describe('under relaxed durability', () => {
  test('what cannot be stored of one database stays pending, with its reason', async () => {
    const stored = await openBoth('relaxed')
    const { client, store } = stored
    await client.batch(MOVE)
    store.failing = 'archive'
    store.failure = full
    await expect(client.request('sync', { cause: 'drain' })).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(await rowsOf(stored)).toEqual([[], [1, 10]])
    await expect(client.request('close', null)).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(stored.events().at(-1)).toMatchObject({ type: 'syncfailure', isLost: true })
  })
})
