import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'

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

describe('waiting for the writer', () => {
  test('transactions and writes take their turns in the order in which they came', async () => {
    const order: string[] = []
    const first = await client.begin()
    const second = client.begin().then((id) => {
      order.push('second')
      return id
    })
    const write = client.run('insert into t values (3, 3)').then(() => order.push('write'))
    const third = client.begin().then((id) => {
      order.push('third')
      return id
    })
    expect(await sum()).toBe(3)
    expect(order).toEqual([])
    await client.commitTransaction(first)
    await client.commitTransaction(await second)
    await write
    await client.rollback(await third)
    expect(order).toEqual(['second', 'write', 'third'])
    expect(await sum()).toBe(6)
  })

  test('a write that waits can be aborted, and is then not done', async () => {
    const transaction = await client.begin()
    const write = client.run('update t set a = 100')
    await client.request('abort', { request: client.lastRequest })
    await expect(write).rejects.toMatchObject({ code: 'aborted' })
    await client.commitTransaction(transaction)
    expect(await sum()).toBe(3)
  })

  test('a transaction that waits can be aborted, and is then not begun', async () => {
    const transaction = await client.begin()
    const waiting = client.begin()
    await client.request('abort', { request: client.lastRequest })
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    await client.commitTransaction(transaction)
    await client.run('update t set a = 2')
    expect(await sum()).toBe(4)
  })

  test('what is done cannot be aborted any more', async () => {
    await client.run('update t set a = 100')
    await client.request('abort', { request: client.lastRequest })
    expect(await sum()).toBe(200)
  })
})

describe('savepoints', () => {
  const savepoint = (
    transaction: number,
    depth: number,
    action: 'begin' | 'release' | 'rollback',
  ): Promise<null> => client.request('savepoint', { transaction, depth, action })

  test('undo what came after them, and nothing before', async () => {
    const probe = await client.observe('select a from t order by id')
    await client.transaction(async (transaction) => {
      await client.run('update t set a = 10 where id = 1', [], { transaction })
      await savepoint(transaction, 1, 'begin')
      await client.run('update t set a = 20 where id = 2', [], { transaction })
      await savepoint(transaction, 2, 'begin')
      await client.run('delete from t', [], { transaction })
      await savepoint(transaction, 2, 'rollback')
      await savepoint(transaction, 1, 'release')
      await savepoint(transaction, 1, 'begin')
      await client.run('delete from t', [], { transaction })
      await savepoint(transaction, 1, 'rollback')
    })
    expect(probe.rows).toEqual([{ a: 10 }, { a: 20 }])
    expect(probe.deliveries).toHaveLength(2)
  })

  test('a batch in a transaction is undone alone', async () => {
    await client.transaction(async (transaction) => {
      await client.run('update t set a = 10 where id = 1', [], { transaction })
      await savepoint(transaction, 1, 'begin')
      const failing = client.batch(['delete from t', 'insert into nothing values (1)'], transaction)
      await expect(failing).rejects.toMatchObject({ code: 'sql' })
      await client.batch(['update t set a = a + 1', 'update t set a = a * 2'], transaction)
      await savepoint(transaction, 1, 'release')
    })
    expect(await client.query('select a from t order by id')).toEqual([{ a: 22 }, { a: 6 }])
  })
})

describe('a transaction that is not there', () => {
  test('is told apart from one that ended', async () => {
    const closed = { code: 'transaction-closed' }
    await expect(client.commitTransaction(999)).rejects.toMatchObject(closed)
    await expect(client.run('select 1', [], { transaction: 999 })).rejects.toMatchObject(closed)
    await client.rollback(999)
    const transaction = await client.begin()
    await client.commitTransaction(transaction)
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject(closed)
    await client.rollback(transaction)
  })

  test.each(['begin', 'commit', 'rollback', 'savepoint s', 'release s', 'rollback to s', 'end'])(
    'is not controlled by SQL: %s',
    async (sql) => {
      const refused = { code: 'transaction-control' }
      await expect(client.run(sql)).rejects.toMatchObject(refused)
      const transaction = await client.begin()
      await client.run('update t set a = 10', [], { transaction })
      await expect(client.run(sql, [], { transaction })).rejects.toMatchObject(refused)
      await expect(client.exec(`select 1; ${sql}`, transaction)).rejects.toMatchObject(refused)
      await expect(client.batch([sql], transaction)).rejects.toMatchObject(refused)
      await client.commitTransaction(transaction)
      expect(await sum()).toBe(20)
    },
  )
})

test.each(['deferred', 'immediate', 'exclusive'] as const)('a transaction of mode %s', async (mode) => {
  const transaction = await client.begin({ mode })
  await client.run('update t set a = 10', [], { transaction })
  expect(await sum()).toBe(3)
  await client.commitTransaction(transaction)
  expect(await sum()).toBe(20)
})

test('what a write tells of itself', async () => {
  const told = async (sql: string): Promise<readonly unknown[]> => {
    const { changes, lastInsertRowid } = await client.run(sql)
    return [changes, lastInsertRowid]
  }
  expect(await told('insert into t values (7, 1), (8, 1)')).toEqual([2, 8])
  expect(await told('create table other (x)')).toEqual([0, 8])
  expect(await told('update t set a = 1')).toEqual([4, 8])
  expect(await told('pragma user_version = 3')).toEqual([0, 8])
  expect(await told('select 1')).toEqual([0, 8])
  expect(await told('delete from t where id = 99')).toEqual([0, 8])
  expect(await told('delete from t')).toEqual([4, 8])
  expect(await told(`insert into t values (${2n ** 62n}, 1)`)).toEqual([1, 2n ** 62n])
  const { block } = await client.execute('insert into t values (1, 1), (2, 2) returning id', [], {
    lane: 'write',
  })
  expect(block.values).toEqual([[1, 2]])
  const first = await client.execute('update t set a = 5 returning id', [], {
    lane: 'write',
    shape: 'first-row',
  })
  expect([first.block.rowCount, first.changes]).toEqual([1, 3])
  expect(await client.value('select count(*) from t where a = 5')).toBe(3)
})
