import { describe, expect, test } from 'vitest'
import { openClient, openUnclosedClient, type Call, type EngineClient } from '../support/engine-client.ts'
import { expectFresh } from '../support/expect-fresh.ts'
import { nextTask } from '../support/next-task.ts'
import { WaitingStore } from '../support/waiting-store.ts'

const SCHEMA = 'create table t (id integer primary key, a integer); insert into t values (1, 1)'

function insert(a: number): Call {
  const sql = 'insert into t (a) values (?)'
  const rest = { lane: 'write', shape: 'no-rows', transaction: undefined, timeout: undefined } as const
  return { type: 'statement', payload: { sql, parameters: [a], ...rest } }
}

async function open(): Promise<{ readonly client: EngineClient; readonly store: WaitingStore }> {
  const store = new WaitingStore()
  const client = await openClient({ store, schema: SCHEMA })
  await untilServedAtOnce()
  return { client, store }
}

async function untilServedAtOnce(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>(nextTask)
}

/** Does something in the middle of the next flush. */
function duringFlush<Result>(store: WaitingStore, act: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    store.onFlush = () => {
      store.onFlush = undefined
      queueMicrotask(() => resolve(act()))
    }
  })
}

describe('where a flush has to be waited for', () => {
  test('a write is acknowledged, and shown by live queries, once it is done', async () => {
    const { client, store } = await open()
    const probe = await client.observe('select count(*) as n from t')
    const messages = client.messages.length
    const seen = duringFlush(store, () => client.messages.length)
    await client.run('insert into t (a) values (2)')
    expect(await seen).toBe(messages)
    expect(client.messages).toHaveLength(messages + 1)
    expect(probe.rows).toEqual([{ n: 2 }])
  })

  test('what arrives meanwhile is served in one turn, in order, with one flush', async () => {
    const { client, store } = await open()
    await client.observe('select count(*) as n from t')
    const { flushes } = store
    const { commit } = client
    const order: number[] = []
    const late = duringFlush(store, () =>
      [2, 3, 4].map(async (a) => {
        await client.send(insert(a))[0]
        order.push(a)
      }),
    )
    await client.send(insert(1))[0]
    order.push(1)
    await Promise.all(await late)
    expect(order).toEqual([1, 2, 3, 4])
    expect(store.flushes).toBe(flushes + 2)
    expect(client.commit).toBe(commit + 2)
    await expectFresh(client)
  })

  test('what changes nothing waits for nothing', async () => {
    const { client, store } = await open()
    const { flushes } = store
    await client.value('select sum(a) from t')
    await client.run('select 1')
    expect(store.flushes).toBe(flushes)
  })

  test('a write that could not be flushed is not acknowledged, and the next one flushes both', async () => {
    const { client, store } = await open()
    store.flushFailure = new Error('The disk has gone')
    await expect(client.run('insert into t (a) values (2)')).rejects.toMatchObject({ code: 'io-error' })
    store.flushFailure = undefined
    const { flushes } = store
    await client.run('insert into t (a) values (3)')
    expect(store.flushes).toBe(flushes + 1)
    await client.value('select 1')
    expect(store.flushes).toBe(flushes + 1)
  })

  test('a transaction whose time runs out meanwhile is ended after it', async () => {
    const { client, store } = await open()
    const transaction = await client.begin({ readonly: true, timeout: 20 })
    let openGate = (): void => undefined
    store.gate = new Promise((resolve) => (openGate = resolve))
    const messages = client.messages.length
    const write = client.run('insert into t (a) values (2)')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(client.messages).toHaveLength(messages)
    const read = client.value('select 1', { transaction })
    openGate()
    await write
    await expect(read).rejects.toMatchObject({ code: 'transaction-timeout' })
    expect(await client.value('select count(*) from t')).toBe(2)
  })

  test.each(['close', 'delete', 'suspend'] as const)(
    '%s is served after it, and so is what came before',
    async (type) => {
      const store = new WaitingStore()
      const client = await openUnclosedClient({}, store)
      await client.exec(SCHEMA)
      await untilServedAtOnce()
      const late = duringFlush(store, () => [
        client.run('insert into t (a) values (3)'),
        client.request(type, null),
        client.run('insert into t (a) values (4)'),
      ])
      await client.run('insert into t (a) values (2)')
      const outcomes = await Promise.allSettled(await late)
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
      expect(client.unanswered).toBe(0)
      await client.request('close', null)
      await expect.poll(() => client.engine.isIdle()).toBe(true)
    },
  )

  test('the log is taken over and that is flushed, when there was no commit for a while', async () => {
    const { client, store } = await open()
    await client.run('insert into t (a) values (2)')
    const size = store.main.size()
    const { flushes } = store
    await expect.poll(() => store.main.size(), { timeout: 5000 }).toBeGreaterThan(size)
    await expect.poll(() => store.flushes, { timeout: 5000 }).toBeGreaterThan(flushes)
  })
})
