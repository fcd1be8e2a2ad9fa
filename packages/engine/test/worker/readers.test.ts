import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'

/** A statement that reads this many rows, one after the other. */
const scan = (rows: number): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`

let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: `
      create table t (id integer primary key, a integer);
      insert into t values (1, 1), (2, 2);
    `,
  })
})

describe('readers and an open transaction', () => {
  test('a read does not wait, and sees what is committed', async () => {
    const transaction = await client.begin()
    await client.run('update t set a = 10', [], { transaction })
    expect(await client.value('select sum(a) from t')).toBe(3)
    expect(await client.value('select sum(a) from t', { transaction })).toBe(20)
    await client.commitTransaction(transaction)
    expect(await client.value('select sum(a) from t')).toBe(20)
  })

  test('a read-only transaction reads one snapshot, whatever is committed meanwhile', async () => {
    const early = await client.begin({ readonly: true })
    await client.run('update t set a = 10')
    const late = await client.begin({ readonly: true })
    await client.exec('drop table t; create table t (a); insert into t values (99)')
    expect(await client.value('select sum(a) from t', { transaction: early })).toBe(3)
    expect(await client.value('select sum(a) from t', { transaction: late })).toBe(20)
    expect(await client.value('select sum(a) from t')).toBe(99)
    await client.commitTransaction(early)
    await client.rollback(late)
    await expect(client.query('select 1', [], { transaction: early })).rejects.toMatchObject({
      code: 'transaction-closed',
    })
  })

  test('a read-only transaction begins while another writes', async () => {
    const writer = await client.begin()
    await client.run('update t set a = 10', [], { transaction: writer })
    const reader = await client.begin({ readonly: true })
    expect(await client.value('select sum(a) from t', { transaction: reader })).toBe(3)
    await client.commitTransaction(writer)
    expect(await client.value('select sum(a) from t', { transaction: reader })).toBe(3)
    await client.commitTransaction(reader)
  })

  test.each([
    'update t set a = 5',
    'insert into t values (3, 3)',
    'create table other (x)',
    'pragma cache_size = 100',
    'pragma optimize',
    'commit',
    'savepoint s',
    "attach ':memory:' as m",
    'vacuum',
  ])('a read-only transaction refuses "%s" and goes on', async (sql) => {
    const transaction = await client.begin({ readonly: true })
    await expect(client.run(sql, [], { transaction })).rejects.toMatchObject({ code: 'read-only' })
    expect(await client.value('select sum(a) from t', { transaction })).toBe(3)
    await client.commitTransaction(transaction)
  })

  test('a read-only transaction refuses what needs a savepoint or a script', async () => {
    const transaction = await client.begin({ readonly: true })
    const refused = { code: 'read-only' }
    await expect(client.exec('select 1', transaction)).rejects.toMatchObject(refused)
    await expect(client.batch(['select 1'], transaction)).rejects.toMatchObject(refused)
    const savepoint = client.request('savepoint', { transaction, depth: 1, action: 'begin' })
    await expect(savepoint).rejects.toMatchObject(refused)
    await client.commitTransaction(transaction)
  })

  test('a function over a pragma stays a read, however often it has run', async () => {
    const transaction = await client.begin({ readonly: true })
    for (let i = 0; i < 3; i++) {
      expect(await client.query("select name from pragma_table_info('t')", [], { transaction })).toHaveLength(
        2,
      )
    }
    await client.commitTransaction(transaction)
  })

  test('as many streams and read-only transactions as there are readers; single reads go on beside them', async () => {
    const held = []
    for (let i = 0; i < 8; i++) held.push(await client.begin({ readonly: true }))
    await expect(client.begin({ readonly: true })).rejects.toMatchObject({ code: 'busy' })
    await expect(
      client.request('streamOpen', { stream: 1, sql: 'select 1', parameters: [], transaction: undefined }),
    ).rejects.toMatchObject({ code: 'busy' })
    await expect(client.request('exportOpen', { stream: 2 })).rejects.toMatchObject({ code: 'busy' })
    expect(await client.value('select sum(a) from t')).toBe(3)
    await client.rollback(held[0] ?? 0)
    await client.begin({ readonly: true })
  })
})

describe('long reads', () => {
  test('a short one overtakes them', async () => {
    const order: string[] = []
    const long = client.execute(scan(300_000)).then(({ block }) => order.push(`long: ${block.rowCount}`))
    const short = client.execute('select sum(a) from t').then(() => order.push('short'))
    const write = client.run('update t set a = 5').then(() => order.push('write'))
    await Promise.all([long, short, write])
    expect(order).toEqual(['short', 'write', 'long: 300000'])
  })

  test('they see one snapshot, though others write between their slices', async () => {
    await client.exec(`
      create table big (i integer primary key, x integer);
      insert into big select i, 0 from (${scan(100_000)});
    `)
    const reading = client.execute('select x from big')
    let isDone = false
    void reading.then(() => (isDone = true))
    let writes = 0
    while (!isDone) {
      await client.run('update big set x = x + 1 where i > 99000')
      writes++
    }
    const { block } = await reading
    expect(block.rowCount).toBe(100_000)
    expect(new Set(block.values[0])).toEqual(new Set([0]))
    expect(writes).toBeGreaterThan(1)
  })

  test('an aborted one ends, and gives its reader back', async () => {
    for (let i = 0; i < 20; i++) {
      const reading = client.execute(scan(10_000_000))
      const request = client.lastRequest
      await client.request('abort', { request })
      await expect(reading).rejects.toMatchObject({ code: 'aborted' })
    }
    expect(await client.value('select sum(a) from t')).toBe(3)
    await expect.poll(() => client.engine.isIdle()).toBe(true)
  })

  test('one that still waits for a reader can be aborted', async () => {
    const running = Array.from({ length: 10 }, () => {
      const reading = client.execute(scan(10_000_000))
      return { request: client.lastRequest, reading }
    })
    const waiting = client.execute('select 1')
    const request = client.lastRequest
    await client.request('abort', { request })
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    for (const { request: one, reading } of running) {
      await client.request('abort', { request: one })
      await expect(reading).rejects.toMatchObject({ code: 'aborted' })
    }
    expect(await client.value('select 1')).toBe(1)
  })

  test('however many wait, all are answered', async () => {
    const long = Array.from({ length: 10 }, () => client.execute(scan(100_000)))
    const short = Array.from({ length: 5000 }, (_, i) => client.value(`select ${i} + 1`))
    expect(await Promise.all(short)).toEqual(short.map((_, i) => i + 1))
    for (const { block } of await Promise.all(long)) expect(block.rowCount).toBe(100_000)
  })

  test('an error in the middle of one ends it alone', async () => {
    const broken = `select abs(case when i = 50000 then -9223372036854775808 else i end) from (${scan(100_000)})`
    const reading = client.execute(broken)
    await expect(reading).rejects.toMatchObject({ code: 'sql' })
    expect(await client.value('select sum(a) from t')).toBe(3)
  })
})

test('reads of the first row read no further', async () => {
  const { block } = await client.execute(scan(1_000_000_000), [], { shape: 'first-row' })
  expect(block).toEqual({ names: ['i'], values: [[1]], rowCount: 1 })
  const none = await client.execute('select a, id from t where id = 99', [], { shape: 'first-row' })
  expect(none.block).toEqual({ names: ['a', 'id'], values: [[], []], rowCount: 0 })
})
