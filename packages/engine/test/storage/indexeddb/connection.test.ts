import { expect, test, vi } from 'vitest'
import { connect } from '../../../src/worker/storage/indexeddb/connect.ts'
import { Reconnection } from '../../../src/worker/storage/indexeddb/reconnection.ts'
import { EXTENTS, FORMAT, LOG, META, STAGED } from '../../../src/worker/storage/indexeddb/schema.ts'
import { resultOf } from '../../../src/worker/storage/indexeddb/transaction.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

async function names(): Promise<readonly unknown[]> {
  return (await indexedDB.databases()).map(({ name }) => name)
}

/** A connection that was lost in the way that the browser tells by this error. */
function lostWith(name: string): DOMException {
  return new DOMException('gone', name)
}

test('a database is made where there is none, with all of its stores', async () => {
  const database = await connect('shop', false)
  expect([...database.objectStoreNames].toSorted()).toEqual([EXTENTS, LOG, META, STAGED].toSorted())
  database.close()
  const again = await connect('shop', true)
  expect(again.version).toBe(FORMAT)
  again.close()
})

test('one that is expected is not made anew, and nothing is left behind', async () => {
  await expect(connect('shop', true)).rejects.toMatchObject({ code: 'database-lost' })
  expect(await names()).toEqual([])
  await expect(connect('shop', true)).rejects.toMatchObject({ code: 'database-lost' })
  const database = await connect('shop', false)
  database.close()
})

test('one of a newer version is left as it is', async () => {
  const newer = await resultOf(indexedDB.open('shop', FORMAT + 1))
  newer.close()
  await expect(connect('shop', false)).rejects.toMatchObject({ code: 'format-newer' })
  expect(await indexedDB.databases()).toEqual([{ name: 'shop', version: FORMAT + 1 }])
})

/** Lets the stand-in do what it has to. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Lets an opening run into its patience. */
async function withoutPatience(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const running = run()
    await turns()
    await vi.advanceTimersByTimeAsync(11_000)
    await running
  } finally {
    vi.useRealTimers()
  }
}

test('one that is never opened is given up, and can be opened later', async () => {
  const holder = await connect('shop', false)
  const deletion = indexedDB.deleteDatabase('shop')
  await withoutPatience(() => expect(connect('shop', false)).rejects.toMatchObject({ name: 'TimeoutError' }))
  holder.close()
  await resultOf(deletion)
  await turns()
  expect(await names(), 'nothing is made for who has gone').toEqual([])
  const database = await connect('shop', false)
  database.close()
})

test('one that another tab keeps from being upgraded is in use, and is not upgraded behind its back', async () => {
  const holder = await connect('shop', false)
  // As a program of the next version would ask for it.
  const spy = vi.spyOn(indexedDB, 'open').mockImplementationOnce((name) => indexedDB.open(name, FORMAT + 1))
  await withoutPatience(() =>
    expect(connect('shop', false)).rejects.toMatchObject({ code: 'database-in-use' }),
  )
  spy.mockRestore()
  holder.close()
  const database = await connect('shop', false)
  expect(database.version).toBe(FORMAT)
  database.close()
})

test.each(['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError'])(
  'work that ends in %s is done again with another connection',
  async (error) => {
    const connection = new Reconnection(() => connect('shop', false))
    const used = new Set<IDBDatabase>()
    const answer = await connection.use(async (database) => {
      used.add(database)
      if (used.size < 4) throw lostWith(error)
      return 'done'
    })
    expect([answer, used.size]).toEqual(['done', 4])
    connection.close()
  },
)

test('a connection that stays lost is told of in the end, and the next use tries again', async () => {
  const connection = new Reconnection(() => connect('shop', false))
  let attempts = 0
  const broken = connection.use(async () => {
    attempts++
    throw lostWith('UnknownError')
  })
  await expect(broken).rejects.toMatchObject({ code: 'connection-lost' })
  expect(attempts).toBe(5)
  expect(await connection.use(async () => 'done')).toBe('done')
  connection.close()
})

test.each([
  ['NotReadableError', 'io-error'],
  ['DataError', 'io-error'],
  ['QuotaExceededError', 'quota-exceeded'],
] as const)('work that ends in %s is not done again: %s', async (name, code) => {
  const connection = new Reconnection(() => connect('shop', false))
  let attempts = 0
  const failing = connection.use(async () => {
    attempts++
    throw lostWith(name)
  })
  await expect(failing).rejects.toMatchObject({ code })
  expect(attempts).toBe(1)
  expect(await connection.use(async () => 'done')).toBe('done')
  connection.close()
})

test.each([
  ['SecurityError', 'storage-unavailable'],
  ['QuotaExceededError', 'quota-exceeded'],
] as const)('a connection that fails to open with %s (%s) is opened by the next use', async (name, code) => {
  let attempts = 0
  const connection = new Reconnection(async () => {
    if (attempts++ === 0) throw lostWith(name)
    return connect('shop', false)
  })
  await expect(connection.use(async () => 'done')).rejects.toMatchObject({ code })
  expect(await connection.use(async () => 'done')).toBe('done')
  connection.close()
})

test('it lets go as soon as somebody wants to delete the database, and connects again after', async () => {
  const connection = new Reconnection(() => connect('shop', false))
  const first = await connection.use(async (database) => database)
  await resultOf(indexedDB.deleteDatabase('shop'))
  const second = await connection.use(async (database) => database)
  expect(second).not.toBe(first)
  connection.close()
})

test('what is closed stays so', async () => {
  const connection = new Reconnection(() => connect('shop', false))
  const opening = connection.use(async (database) => database)
  connection.close()
  connection.close()
  await opening.catch(() => undefined)
  await expect(connection.use(async () => 'done')).rejects.toMatchObject({ code: 'closed' })
  // Nothing is held that would keep it from being deleted.
  await resultOf(indexedDB.deleteDatabase('shop'))
})
