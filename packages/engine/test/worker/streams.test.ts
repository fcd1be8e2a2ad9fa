import { beforeEach, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'

const COUNT = 10_000
let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: `
      create table t (id integer primary key, a integer);
      insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < ${COUNT}) select i, i from n;
    `,
  })
})

async function open(stream: number, sql: string, transaction?: number): Promise<void> {
  await client.request('streamOpen', { stream, sql, parameters: [], transaction })
}

/** Reads on to the end; calls back after each chunk. */
async function readAll(stream: number, between?: () => Promise<unknown>): Promise<readonly unknown[]> {
  const values: unknown[] = []
  for (;;) {
    const { block, done } = await client.request('streamNext', { stream })
    expect(block.values.every((column) => column.length === block.rowCount)).toBe(true)
    values.push(...(block.values[0] ?? []))
    if (done) return values
    await between?.()
  }
}

const all = Array.from({ length: COUNT }, (_, i) => i + 1)

test('a stream gives every row once, in order', async () => {
  await open(1, 'select a from t order by id')
  expect(await readAll(1)).toEqual(all)
  await expect(client.request('streamNext', { stream: 1 })).rejects.toMatchObject({ code: 'closed' })
})

test('a stream reads one snapshot, whatever is committed while it is read', async () => {
  await open(1, 'select a from t order by id')
  let writes = 0
  const values = await readAll(1, async () => {
    writes++
    await client.run('update t set a = -a')
    await client.run('delete from t where id > 9000')
  })
  expect(writes).toBeGreaterThan(1)
  expect(values).toEqual(all)
})

test('streams side by side do not disturb each other', async () => {
  for (let stream = 1; stream <= 8; stream++)
    await open(stream, `select a from t where id % 8 = ${stream - 1} order by id`)
  const read = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((stream) => readAll(stream)))
  expect(read.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual(all)
  await expect.poll(() => client.engine.isIdle()).toBe(true)
})

test('a stream that is left gives its reader back', async () => {
  for (let stream = 1; stream <= 30; stream++) {
    await open(stream, 'select a from t')
    await client.request('streamNext', { stream })
    await client.request('streamClose', { stream })
  }
  await client.request('streamClose', { stream: 1 })
  await client.request('streamClose', { stream: 12_345 })
})

test('a stream within a transaction reads what the transaction wrote, as of its opening', async () => {
  const transaction = await client.begin()
  await client.run('update t set a = a + 1', [], { transaction })
  await open(1, 'select a from t order by id', transaction)
  await client.run('delete from t', [], { transaction })
  expect(await readAll(1)).toEqual(all.map((i) => i + 1))
  await client.rollback(transaction)
})

test('a stream of a statement that writes', async () => {
  await open(1, 'delete from t where id > 5000 returning a')
  expect(await readAll(1)).toEqual(all.slice(5000))
  expect(await client.value('select count(*) from t')).toBe(5000)
})

test('a stream of a temporary table', async () => {
  await client.exec('create temp table s (x); insert into s select a from t')
  await open(1, 'select x from s order by x')
  expect(await readAll(1, () => client.run('delete from s'))).toEqual(all)
})

test('a stream without rows', async () => {
  await open(1, 'select a from t where id < 0')
  expect(await client.request('streamNext', { stream: 1 })).toEqual({
    block: { names: ['a'], values: [[]], rowCount: 0 },
    done: true,
  })
})

test.each(['select nothing from t', 'select a from t; select 1', 'commit', ''])(
  'a stream of "%s" is not opened, and nothing stays behind',
  async (sql) => {
    for (let stream = 1; stream <= 10; stream++) await expect(open(stream, sql)).rejects.toThrow()
    await expect(client.request('streamNext', { stream: 1 })).rejects.toMatchObject({ code: 'closed' })
    expect(await client.value('select 1')).toBe(1)
  },
)

test('a stream that fails in the middle ends', async () => {
  await open(1, 'select abs(case when id = 9000 then -9223372036854775808 else id end) from t')
  await expect(readAll(1)).rejects.toMatchObject({ code: 'sql' })
  await expect(client.request('streamNext', { stream: 1 })).rejects.toMatchObject({ code: 'closed' })
  for (let stream = 1; stream <= 8; stream++) await open(stream, 'select a from t')
})
