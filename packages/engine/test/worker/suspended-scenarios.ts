import { describe, expect, onTestFinished, test } from 'vitest'
import { Connection } from '../../src/worker/sqlite/connection.ts'
import { loadSqlite } from '../../src/worker/sqlite/load-sqlite.ts'
import type { Statement } from '../../src/worker/sqlite/statement.ts'
import { canSuspend } from '../../src/worker/sqlite/suspension.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { runTask, type Task } from '../../src/worker/task.ts'
import type { SqlValue } from '../../src/values.ts'
import { openClient, openUnclosedClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh } from '../support/expect-fresh.ts'
import { LazyFile } from '../support/lazy-file.ts'
import { WaitingStore } from '../support/waiting-store.ts'

/** What holds where the storage has to be waited for in the middle of a statement, in Node and in a browser. */
export function suspendedScenarios(): void {
  test('WebAssembly can be suspended here', () => {
    expect(canSuspend()).toBe(true)
  })
  describe('a connection that is suspended', () => {
    connectionScenarios()
  })
  describe('an engine whose reads have to wait', () => {
    engineScenarios()
  })
}

const FILL = `
  create table t (id integer primary key, a integer, b text);
  insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
    select i, i % 10, printf('%0200d', i) from n;
  create index t_a on t (a);
`

async function openConnection(file: LazyFile): Promise<Connection> {
  const module = await loadSqlite({ suspending: true })
  const vfs = new Vfs(module)
  vfs.mount('lazy', {
    main: file,
    wal: new MemoryFile(),
    journal: new MemoryFile(),
    incoming: new MemoryFile(),
  })
  const connection = await runTask(
    Connection.open({
      module,
      vfs: vfs.name,
      path: 'lazy',
      cachedStatements: 10,
      storageError: () => vfs.takeLastError(),
      shouldStop: () => false,
    }),
  )
  // The smallest cache that SQLite accepts, so that the file is asked again and again.
  await runTask(connection.command('pragma cache_size = 1'))
  onTestFinished(() => runTask(connection.close()))
  return connection
}

async function ask(connection: Connection, sql: string): Promise<readonly (readonly SqlValue[])[]> {
  return runTask(connection.command(sql))
}

async function runScript(connection: Connection, script: string): Promise<void> {
  const run = function* (statement: Statement): Task<void> {
    yield* statement.drain()
  }
  await runTask(connection.forEachStatement(script, run))
}

function connectionScenarios(): void {
  test('makes, fills, reads and checks a database that is loaded as it is read', async () => {
    const file = new LazyFile(8)
    const connection = await openConnection(file)
    await ask(connection, 'pragma journal_mode = wal')
    await runScript(connection, FILL)
    await ask(connection, 'pragma wal_checkpoint(truncate)')
    const loads = file.loads
    expect(await ask(connection, 'select count(*), sum(id), sum(length(b)) from t')).toEqual([
      [3000, 4_501_500, 600_000],
    ])
    expect(file.loads).toBeGreaterThan(loads + 40)
    expect(await ask(connection, 'pragma integrity_check')).toEqual([['ok']])
  })

  test.each(['wal', 'delete'])('undoes and keeps transactions under journal_mode = %s', async (mode) => {
    const connection = await openConnection(new LazyFile(4))
    await ask(connection, `pragma journal_mode = ${mode}`)
    await runScript(connection, FILL)
    await runScript(
      connection,
      'begin; update t set a = a + 1, b = upper(b); delete from t where id > 100; rollback',
    )
    expect(await ask(connection, 'select count(*), sum(a) from t')).toEqual([[3000, 13_500]])
    await runScript(connection, 'begin; update t set a = a + 1; commit')
    expect(await ask(connection, 'select count(*), sum(a) from t')).toEqual([[3000, 16_500]])
    expect(await ask(connection, 'pragma integrity_check')).toEqual([['ok']])
  })

  test('gives row for row what it was stopped at', async () => {
    const connection = await openConnection(new LazyFile(4))
    await runScript(connection, FILL)
    const statement = await runTask(connection.prepare('select id from t order by id'))
    const ids: SqlValue[] = []
    for (let slices = 1; ; slices++) {
      let rows = 0
      const isDone = await runTask(
        statement.rows(() => {
          statement.readRow([ids])
          return ++rows < 7
        }),
      )
      if (!isDone) continue
      expect(slices).toBe(Math.ceil(3001 / 7))
      break
    }
    await connection.release(statement)
    expect(ids).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1))
  })

  test('raises what the reader of a row throws, and works after that', async () => {
    const connection = await openConnection(new LazyFile(4))
    await runScript(connection, FILL)
    const statement = await runTask(connection.prepare('select b from t'))
    const failing = statement.rows(() => {
      throw new Error('not this row')
    })
    await expect(runTask(failing)).rejects.toThrow('not this row')
    await connection.release(statement)
    expect(await ask(connection, 'select count(*) from t')).toEqual([[3000]])
  })

  test('tells of a load that fails, and goes on when loads work again', async () => {
    const file = new LazyFile(4)
    const connection = await openConnection(file)
    await ask(connection, 'pragma journal_mode = wal')
    await runScript(connection, FILL)
    await ask(connection, 'pragma wal_checkpoint(truncate)')
    for (const sql of ['select sum(length(b)) from t', 'update t set b = lower(b)']) {
      file.failure = new Error('The database has gone')
      await expect(ask(connection, sql)).rejects.toMatchObject({ code: 'io-error' })
      file.failure = undefined
      await ask(connection, sql)
    }
    expect(await ask(connection, 'pragma integrity_check')).toEqual([['ok']])
  })
}

async function openFilled(): Promise<{ readonly client: EngineClient; readonly store: WaitingStore }> {
  const store = new WaitingStore(16)
  const client = await openClient({ store, cacheSize: 16, schema: FILL })
  await client.run('pragma wal_checkpoint(truncate)')
  return { client, store }
}

function mainFile(store: WaitingStore): LazyFile {
  if (!(store.main instanceof LazyFile)) throw new Error('The store does not load')
  return store.main
}

function engineScenarios(): void {
  test('answers requests that overlap, each once and in order, with fewer flushes than writes', async () => {
    const { client, store } = await openFilled()
    const probe = await client.observe('select a, count(*) as n from t group by a order by a')
    const { flushes } = store
    const answered: number[] = []
    const calls = Array.from({ length: 60 }, async (_, index) => {
      if (index % 3 === 0) {
        await client.run('update t set a = 3 where id = ?', [index * 40 + 1])
        answered.push(index)
      } else if (index % 3 === 1) {
        expect(await client.value(`select sum(length(b)) from t where id > ${index}`)).toBeTypeOf('number')
      } else await client.query('select b from t where a = ?', [index % 10])
    })
    await Promise.all(calls)
    expect(answered).toEqual(answered.toSorted((a, b) => a - b))
    expect(answered).toHaveLength(20)
    expect(store.flushes - flushes).toBeLessThan(20)
    expect(mainFile(store).loads).toBeGreaterThan(100)
    await expectFresh(client)
    expect(probe.error).toBeUndefined()
    expect(await client.value('pragma integrity_check')).toBe('ok')
    expect(client.unanswered).toBe(0)
  })

  test('runs transactions beside reads, streams and exports', async () => {
    const { client } = await openFilled()
    await client.observe('select sum(a) as total from t')
    const writes = (async () => {
      for (let i = 0; i < 5; i++) {
        await client.transaction(async (transaction) => {
          await client.run('update t set a = a + 1 where id <= 500', [], { transaction })
          await client.value('select sum(length(b)) from t', { transaction })
        })
      }
    })()
    const reads = Promise.all(
      Array.from({ length: 10 }, () => client.value('select count(*) from t where b is not null')),
    )
    const bytes = client.exportBytes()
    await writes
    expect(await reads).toEqual(Array.from({ length: 10 }, () => 3000))
    expect((await bytes).length).toBeGreaterThan(600_000)
    expect(await client.value('select sum(a) from t')).toBe(13_500 + 5 * 500)
    await expectFresh(client)
  })

  test('takes an import over', async () => {
    const { client } = await openFilled()
    const bytes = await client.exportBytes()
    await client.run('delete from t')
    const probe = await client.observe('select count(*) as n from t')
    await client.import(bytes)
    expect(probe.rows).toEqual([{ n: 3000 }])
    expect(await client.value('pragma integrity_check')).toBe('ok')
  })

  test('fails the calls whose loads fail, and serves the next ones', async () => {
    const { client, store } = await openFilled()
    const probe = await client.observe('select sum(length(b)) as length from t')
    mainFile(store).failure = new Error('The database has gone')
    const failed = { code: 'io-error' }
    await expect(client.value('select max(b) from t')).rejects.toMatchObject(failed)
    await expect(client.run('update t set b = lower(b)')).rejects.toMatchObject(failed)
    mainFile(store).failure = undefined
    expect(await client.value('select count(b) from t')).toBe(3000)
    await client.run("update t set b = '' where id = 1")
    await expectFresh(client)
    expect(probe.rows).toEqual([{ length: 2999 * 200 }])
    expect(await client.value('pragma integrity_check')).toBe('ok')
  })

  test('counts the time that it waits towards the timeout of a statement', async () => {
    const { client } = await openFilled()
    const slow = 'select count(*) from t x, t y where x.b < y.b'
    await expect(client.value(slow, { timeout: 30 })).rejects.toMatchObject({ code: 'timeout' })
    expect(await client.value('select count(*) from t')).toBe(3000)
  })

  test('is closed while it reads, and nothing stays unanswered', async () => {
    const store = new WaitingStore(16)
    const client = await openUnclosedClient({ cacheSize: 16 }, store)
    await client.exec(FILL)
    await client.run('pragma wal_checkpoint(truncate)')
    const reads = Array.from({ length: 20 }, (_, index) =>
      client.query('select b from t where id > ?', [index]),
    )
    const closing = client.request('close', null)
    await Promise.allSettled([...reads, closing])
    await expect(closing).resolves.toBeNull()
    expect(client.unanswered).toBe(0)
    await expect.poll(() => client.engine.isIdle()).toBe(true)
  })
}
