import { afterEach, expect, test, vi } from 'vitest'
import { loadSqlite } from '../../src/worker/sqlite/load-sqlite.ts'
import { OpenDatabase } from '../../src/worker/open-database.ts'
import { runTask } from '../../src/worker/task.ts'
import { StopClock } from '../../src/worker/stop-clock.ts'
import { TurnQueue } from '../../src/worker/turn-queue.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { MemoryStore } from '../../src/worker/storage/memory-store.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { runNow } from '../support/run-now.ts'
import { openClient } from '../support/engine-client.ts'
import { OPEN_DEFAULTS } from '../support/open-defaults.ts'

const SCHEMA = 'create table t (a integer); insert into t values (1)'

afterEach(() => {
  vi.restoreAllMocks()
})

function fail(): never {
  throw new Error('the storage failed')
}

test('a commit that the storage fails ends its transaction: what comes after it is not committed alone', async () => {
  const client = await openClient({ schema: SCHEMA })
  const transaction = await client.begin()
  await client.run('insert into t values (2)', [], { transaction })
  vi.spyOn(MemoryFile.prototype, 'write').mockImplementationOnce(fail)
  await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'io-error' })
  await expect(client.run('insert into t values (3)', [], { transaction })).rejects.toMatchObject({
    code: 'transaction-closed',
  })
  expect(await client.query('select a from t')).toEqual([{ a: 1 }])
  await client.run('insert into t values (4)')
  expect(await client.query('select a from t')).toEqual([{ a: 1 }, { a: 4 }])
})

test('a reader on which no snapshot can be taken is given back', async () => {
  const client = await openClient({ schema: SCHEMA })
  const held = await Promise.all(Array.from({ length: 8 }, () => client.begin({ readonly: true })))
  for (const transaction of held) await client.rollback(transaction)
  // What each reader has cached is old, and it cannot read it anew.
  await client.run('insert into t values (2)')
  const reading = vi.spyOn(MemoryFile.prototype, 'read').mockImplementation(fail)
  for (let stream = 0; stream < 8; stream++) {
    const snapshot =
      stream % 2 === 0 ? client.begin({ readonly: true }) : client.request('exportOpen', { stream })
    await expect(snapshot).rejects.toMatchObject({ code: 'io-error' })
  }
  reading.mockRestore()
  const transaction = await client.begin({ readonly: true })
  expect(await client.query('select a from t', [], { transaction })).toEqual([{ a: 1 }, { a: 2 }])
})

test('a write that its timeout spared is told of, however late it has become by then', async () => {
  const client = await openClient({ schema: SCHEMA })
  // Reading such a schema, to book the write, takes long enough to be asked whether to stop.
  await client.exec(Array.from({ length: 1500 }, (_, index) => `create table t${index} (a);`).join(''))
  const probe = await client.observe('select count(*) as n from t')
  await client.exec('create table last (a)')
  let now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10))
  await client.run('insert into t values (2)', [], { timeout: 5 })
  clock.mockRestore()
  expect(probe.rows).toEqual([{ n: 2 }])
})

test('a database that is closed gives back the memory that its connections bound values in', async () => {
  const module = await loadSqlite()
  const now = (): number => performance.now()
  const source = {
    module,
    vfs: new Vfs(module),
    store: new MemoryStore(),
    clock: new StopClock(now),
    now,
    exclusively: new TurnQueue().exclusively,
    options: { ...OPEN_DEFAULTS, name: 'memory' },
  } as const
  const openAndClose = async (): Promise<number> => {
    const database = await OpenDatabase.open(source)
    runNow(database.writer.run({ sql: 'select length(?)', parameters: ['x'.repeat(5_000_000)] }, 'all-rows'))
    await runTask(database.close())
    return module.wasm.memory.buffer.byteLength
  }
  const afterFirst = await openAndClose()
  for (let time = 0; time < 9; time++) await openAndClose()
  expect(await openAndClose()).toBe(afterFirst)
})
