import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { PROTOCOL_VERSION } from '../../src/link/protocol.ts'
import { createDatabase, type ChangeSet, type Database } from '../../src/index.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { TODO_SCHEMA, TODOS, titles, type Todo } from './open-test-database.ts'

const INSERT = 'insert into todo (title) values (?)'
const WITH_TODOS = { migrations: [TODO_SCHEMA] }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Timers that the test moves, while messages travel on. */
function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}

/** Long enough for any message that is on its way. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('messages', () => {
  test('carry all calls that were made in one microtask', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    await db.ready
    const before = newest().received.length

    const calls = [db.run(INSERT, ['a']), db.query('select 1'), db.exec('select 1'), db.begin()]
    db.observe(TODOS).subscribe(() => undefined)
    const pending = Promise.all(calls)
    await Promise.resolve()
    expect(
      newest()
        .received.slice(before)
        .map(({ requests }) => requests.map(({ type }) => type)),
    ).toEqual([['statement', 'statement', 'script', 'begin', 'observe']])
    await pending
  })

  test('carry all calls that waited for the opening, after it and together', async () => {
    const { db, newest } = createWithWorkers()
    const calls = [db.query('select 1'), db.query('select 2')]

    await Promise.all(calls)

    expect(newest().received.map(({ requests }) => requests.map(({ type }) => type))).toEqual([
      ['open'],
      ['statement', 'statement'],
    ])
  })
})

describe('a worker that does not start', () => {
  const failed = { code: 'worker-failed', remedy: expect.stringContaining('worker: () => new Worker') }

  test('is told after five seconds of silence, and the next call starts another', async () => {
    useFakeTimers()
    const { db, workers } = createWithWorkers({}, { isSilent: true }, {})
    const observer = db.observe('select 1 as one')
    observer.subscribe(() => undefined)
    const outcome = Promise.allSettled([db.ready, db.query('select 1')])
    await settle()

    vi.advanceTimersByTime(4999)
    await settle()
    expect(db.status.getSnapshot().phase).toBe('opening')
    vi.advanceTimersByTime(1)

    expect(await outcome).toMatchObject([
      { status: 'rejected', reason: { ...failed, message: expect.stringContaining('5000 ms') } },
      { status: 'rejected', reason: failed },
    ])
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'failed', error: failed })
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: failed })
    expect(workers[0]?.isTerminated).toBe(true)

    await expect(db.query('select 2 as two')).resolves.toEqual([{ two: 2 }])
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', data: [{ one: 1 }] })
  })

  test('may take its time once it has spoken', async () => {
    useFakeTimers()
    const { db, newest } = createWithWorkers()
    const ready = db.ready
    newest().addEventListener('message', () => vi.advanceTimersByTime(60_000), { once: true })

    await expect(ready).resolves.toBeUndefined()
  })

  test('since its script is missing', async () => {
    const { db, newest } = createWithWorkers({}, { isSilent: true }, {})
    const ready = db.ready
    newest().crash()

    await expect(ready).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('could not be loaded'),
    })
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })

  test('since what it says cannot be read', async () => {
    const { db, newest } = createWithWorkers({}, { isSilent: true }, {})
    const ready = db.ready
    newest().dispatchEvent(new MessageEvent('messageerror'))

    await expect(ready).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('could not be read'),
    })
  })

  test('since it cannot be made', async () => {
    const cause = new Error('Refused by the policy of the page')
    const { db } = createWithWorkers({
      worker: () => {
        throw cause
      },
    })

    await expect(db.query('select 1')).rejects.toMatchObject({ ...failed, cause })
  })

  test('since it is of another version', async () => {
    const { db } = createWithWorkers({}, { version: PROTOCOL_VERSION + 1 }, {})

    await expect(db.query('select 1')).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining(`version ${PROTOCOL_VERSION + 1}`),
    })
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  test('loses the calls that were under way; the next call starts another, which live queries follow', async () => {
    const { db, newest, workers } = createWithWorkers(WITH_TODOS)
    const observer = db.observe<Todo>(TODOS)
    const snapshots: unknown[] = []
    observer.subscribe(() =>
      snapshots.push([observer.getSnapshot().status, observer.getSnapshot().isFetching]),
    )
    const heard: ChangeSet[] = []
    db.onChange((changes) => heard.push(changes))
    await db.ready
    await observer.load()
    const { data } = observer.getSnapshot()
    snapshots.length = 0

    const write = db.run(INSERT, ['lost'])
    await Promise.resolve()
    newest().crash('Out of memory')

    await expect(write).rejects.toMatchObject({
      code: 'worker-lost',
      message: expect.stringContaining('Out of memory'),
    })
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'worker-lost' } })
    expect(observer.getSnapshot().data).toBe(data)
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'failed', error: { code: 'worker-lost' } })
    expect(workers).toHaveLength(1)

    await db.query('select 1')
    expect(workers).toHaveLength(2)
    await settle()
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', isFetching: false })
    // The other engine knew nothing of what was shown, and sent the same rows anew.
    expect(observer.getSnapshot().data).toBe(data)
    expect(snapshots).toEqual([
      ['error', false],
      ['error', true],
      ['success', false],
    ])

    await db.run(INSERT, ['kept'])
    expect(titles(observer.getSnapshot().data)).toEqual(['milk', 'bread', 'paint', 'kept'])
    expect(heard).toHaveLength(1)
  })

  test('is started again by a refetch', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    const observer = db.observe<Todo>(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    newest().crash('gone')

    await observer.refetch()

    expect(observer.getSnapshot()).toMatchObject({ status: 'success', isFetching: false })
  })

  test('takes its transactions, streams and exports along, and no others', async () => {
    const { db, newest, workers } = createWithWorkers(WITH_TODOS)
    const tx = await db.begin()
    await tx.run(INSERT, ['lost'])
    const stream = db.stream(
      'with recursive n(i) as (select 1 union all select i + 1 from n limit 9999) select i from n',
    )
    await stream.next()
    const inTransaction = db.transaction(async () => new Promise(() => undefined), { timeout: 50 })
    const exporting = db.export()
    await Promise.resolve()
    newest().crash('gone')
    await expect(exporting).rejects.toMatchObject({ code: 'worker-lost' })
    await expect(inTransaction).rejects.toMatchObject({ code: 'worker-lost' })

    const lost = { code: 'worker-lost' }
    await expect(tx.run(INSERT, ['at once'])).rejects.toMatchObject(lost)
    expect(workers).toHaveLength(1)
    await db.query('select 1')
    await expect(tx.run(INSERT, ['late'])).rejects.toMatchObject(lost)
    await expect(tx.commit()).rejects.toMatchObject(lost)
    const readRest = async (): Promise<void> => {
      for await (const _ of stream) continue
    }
    await expect(readRest()).rejects.toMatchObject(lost)
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
    await expect(db.transaction(async (next) => next.run(INSERT, ['next']))).resolves.toMatchObject({
      changes: 1,
    })
  })

  test('is followed by one with the same databases attached', async () => {
    const { db, newest } = createWithWorkers()
    await db.attach('archive')
    await db.attach('other', { as: 'Second' })
    await db.detach('second')
    newest().crash('gone')

    expect(await db.query('select name from pragma_database_list order by name')).toEqual([
      { name: 'archive' },
      { name: 'main' },
    ])
  })
})

describe('a worker that does not react to an abort', () => {
  test('is replaced after two seconds: reads are made again, writes are lost', async () => {
    useFakeTimers()
    const { db, newest, workers } = createWithWorkers(WITH_TODOS)
    const observer = db.observe<Todo>(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    const statuses: string[] = []
    observer.subscribe(() => statuses.push(observer.getSnapshot().status))
    const controller = new AbortController()
    newest().hang()
    const stuck = db.query('select endless', [], { signal: controller.signal })
    const read = db.query('select 1 as one')
    const returning = db.query('insert into todo (title) values (1) returning id')
    const write = db.run(INSERT, ['lost'])
    const refetch = observer.refetch()
    const outcomes = Promise.allSettled([stuck, read, returning, write, refetch])
    await settle()

    controller.abort('enough')
    await settle()
    vi.advanceTimersByTime(1999)
    expect(workers).toHaveLength(1)
    vi.advanceTimersByTime(1)

    expect(await outcomes).toMatchObject([
      { reason: { code: 'aborted', cause: 'enough' } },
      { value: [{ one: 1 }] },
      { reason: { code: 'worker-lost' } },
      { reason: { code: 'worker-lost' } },
      { status: 'fulfilled' },
    ])
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', isFetching: false })
    expect(statuses).not.toContain('error')
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  })

  test.each([
    ['a script', (db: Database) => db.exec('create index slow on todo (title)')],
    ['a check', (db: Database) => db.verify({ full: true })],
    ['a repair', (db: Database) => db.repair()],
    ['a salvage', (db: Database) => db.salvage()],
    ['a move', (db: Database) => db.moveTo('opfs')],
  ])('is kept while something older may be what keeps it busy: %s', async (_, work) => {
    useFakeTimers()
    const { db, newest, workers } = createWithWorkers(WITH_TODOS)
    await db.ready
    const controller = new AbortController()
    newest().hang()
    const older = work(db)
    await settle()
    const read = db.query('select 1', [], { signal: controller.signal })
    const outcomes = Promise.allSettled([older, read])
    await settle()

    controller.abort()
    await settle()
    vi.advanceTimersByTime(60_000)
    await settle()
    expect(workers).toHaveLength(1)

    newest().crash('gone')
    expect(await outcomes).toMatchObject([
      { reason: { code: 'worker-lost' } },
      { reason: { code: 'worker-lost' } },
    ])
  })

  test('is kept if it did acknowledge the abort', async () => {
    useFakeTimers()
    const { db, workers } = createWithWorkers(WITH_TODOS)
    const tx = await db.begin({ timeout: Infinity })
    const controller = new AbortController()
    const commit = db.run(INSERT, ['x'], { signal: controller.signal })
    await settle()

    controller.abort()
    await expect(commit).rejects.toMatchObject({ code: 'aborted' })
    vi.advanceTimersByTime(60_000)
    await settle()

    expect(workers).toHaveLength(1)
    await tx.commit()
  })
})

test('a page that is isolated, in a browser that shares no memory all the same, does without', async () => {
  vi.stubGlobal('crossOriginIsolated', true)
  vi.stubGlobal('SharedArrayBuffer', undefined)
  const { db } = createWithWorkers(WITH_TODOS)

  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }])
})

describe('an import that waits for a transaction', () => {
  test('keeps no one from aborting a call that was made before', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    const file = await db.export()
    const controller = new AbortController()
    const endless = db.query(
      'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n',
      [],
      { signal: controller.signal },
    )
    const tx = await db.begin()
    const importing = db.import(file)
    await expect.poll(() => newest().requests.at(-1)?.type).toBe('importFinish')

    controller.abort('enough')

    await expect(endless).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await tx.commit()
    await importing
  })
})

describe('an import whose source fails', () => {
  test('has the engine drop what had arrived', async () => {
    const { db, newest } = createWithWorkers()
    await db.ready
    const write = vi.spyOn(MemoryFile.prototype, 'write')
    onTestFinished(() => write.mockRestore())
    let pieces = 0
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++pieces === 3) controller.error(new Error('mine'))
        else controller.enqueue(new Uint8Array(100_000))
      },
    })

    await expect(db.import(source)).rejects.toThrow('mine')

    expect(newest().requests.at(-1)?.type).toBe('importCancel')
    expect(write.mock.calls.map(([bytes]) => bytes.length)).toEqual([100_000, 100_000])
    expect(write.mock.contexts.map((file) => (file as MemoryFile).size())).toEqual([0, 0])
  })
})

describe('handles of one name', () => {
  test('share a worker, live queries and the options of the first', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    onTestFinished(() => warn.mockRestore())
    const { db, workers } = createWithWorkers({ ...WITH_TODOS, name: 'shared' })
    const same = createDatabase('shared', { storage: 'memory', ...WITH_TODOS })
    expect(warn).not.toHaveBeenCalled()
    const different = createDatabase('shared', { storage: 'memory', cacheSize: 1, migrations: ['select 2'] })
    expect(warn.mock.calls).toEqual([[expect.stringContaining('cacheSize, migrations')]])

    await Promise.all([db.ready, same.ready, different.ready])
    expect(workers).toHaveLength(1)
    expect(same).not.toBe(db)
    expect(same.observe(TODOS)).toBe(db.observe(TODOS))
    await same.run(INSERT, ['by another handle'])
    expect(await different.get('select count(*) as n from todo')).toEqual({ n: 4 })

    await same.close()
    await same.close()
    await expect(same.query('select 1')).rejects.toMatchObject({ code: 'closed' })
    expect(same.observe(TODOS).getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
    expect(() => same.onChange(() => undefined)).toThrow(expect.objectContaining({ code: 'closed' }))
    await expect(db.query('select 1')).resolves.toHaveLength(1)
    expect(workers[0]?.isTerminated).toBe(false)

    await different.close()
    await db.close()
    expect(workers[0]?.isTerminated).toBe(true)
  })

  test('end their own listeners as they are closed', async () => {
    const { db } = createWithWorkers({ ...WITH_TODOS, name: 'listeners' })
    const other = createDatabase('listeners', { storage: 'memory', ...WITH_TODOS })
    const heard: string[] = []
    db.onChange(() => heard.push('kept'))
    other.onChange(() => heard.push('closed'))
    await other.close()

    await db.run(INSERT, ['x'])

    expect(heard).toEqual(['kept'])
  })

  test('after the last was closed open it anew, once it was let go', async () => {
    const first = createWithWorkers({ name: 'anew' })
    await first.db.ready
    const closing = first.db.close()
    const second = createWithWorkers({ name: 'anew' })
    const ready = second.db.ready
    await Promise.resolve()
    expect(second.workers).toHaveLength(0)

    await closing
    await ready

    expect(first.workers[0]?.isTerminated).toBe(true)
    expect(second.workers).toHaveLength(1)
  })

  test('that are refused a name or an option say so at once', () => {
    const create = (name: string, options?: object) => (): unknown => createDatabase(name, options)

    for (const name of ['', '\ud800', 5 as unknown as string]) {
      expect(create(name)).toThrow(expect.objectContaining({ code: 'invalid-name' }))
    }
    for (const options of [
      { storage: 'disk' },
      { durability: 'none' },
      { autoVacuum: true },
      { cacheSize: 0 },
      { cacheSize: 1.5 },
      { migrations: {} },
    ]) {
      expect(create('x', options)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
  })
})

describe('closing', () => {
  test('settles all that is under way, and refuses what comes later', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    const observer = db.observe(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    const tx = await db.begin()
    const calls = [
      db.query('select 1'),
      db.run(INSERT, ['waits for the transaction']),
      db.transaction(async () => undefined),
      db.export(),
      tx.run(INSERT, ['x']),
    ]
    const settled = Promise.allSettled(calls)

    await db.close()

    const outcomes = await settled
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'closed' })
    }
    expect(outcomes).toHaveLength(calls.length)
    expect(newest().isTerminated).toBe(true)
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'closed', error: undefined })
    await expect(db.query('select 1')).rejects.toMatchObject({ code: 'closed' })
    await expect(db.ready).rejects.toMatchObject({ code: 'closed' })
    await expect(tx.commit()).rejects.toMatchObject({ code: expect.stringMatching(/closed/) })
    await expect(db.close()).resolves.toBeUndefined()
  })

  test('ends an engine that does not answer any more', async () => {
    useFakeTimers()
    const { db, newest } = createWithWorkers(WITH_TODOS)
    await db.ready
    newest().hang()
    const stuck = db.run(INSERT, ['stuck'])
    const closing = Promise.allSettled([stuck, db.close()])
    await settle()

    vi.advanceTimersByTime(10_000)

    expect(await closing).toMatchObject([{ reason: { code: 'closed' } }, { status: 'fulfilled' }])
    expect(newest().isTerminated).toBe(true)
  })

  test('of what was never opened, or is being opened, leaves nothing behind', async () => {
    const never = createWithWorkers()
    await never.db.close()
    expect(never.workers).toHaveLength(0)

    const opening = createWithWorkers()
    const calls = Promise.allSettled([opening.db.ready, opening.db.query('select 1')])
    await opening.db.close()
    expect(await calls).toMatchObject([{ reason: { code: 'closed' } }, { reason: { code: 'closed' } }])
    expect(opening.workers[0]?.isTerminated).toBe(true)
  })

  test('is done by await using', async () => {
    const { db, newest } = createWithWorkers()
    {
      await using scoped = db
      await scoped.query('select 1')
    }

    expect(newest().isTerminated).toBe(true)
  })
})

describe('deleting', () => {
  test('closes all handles, and the next one finds nothing', async () => {
    const { db, newest } = createWithWorkers({ ...WITH_TODOS, name: 'deleted' })
    const other = createDatabase('deleted', { storage: 'memory', ...WITH_TODOS })
    const observer = other.observe(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()

    await db.delete()

    expect(newest().isTerminated).toBe(true)
    expect(newest().requests.map(({ type }) => type)).toContain('delete')
    await expect(other.query('select 1')).rejects.toMatchObject({ code: 'closed' })
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
    const again = createWithWorkers({ name: 'deleted' })
    expect(await again.db.query('select name from sqlite_schema')).toEqual([])
  })

  test('works where opening fails for what is in it', async () => {
    const { db, newest } = createWithWorkers({ migrations: ['not SQL'] })
    await expect(db.ready).rejects.toMatchObject({ code: 'migration-failed' })

    await expect(db.delete()).resolves.toBeUndefined()

    expect(newest().requests.map(({ type }) => type)).toEqual(expect.arrayContaining(['open', 'delete']))
    expect(db.status.getSnapshot().phase).toBe('closed')
  })

  test('says so where the engine cannot even start', async () => {
    const { db, newest } = createWithWorkers({}, { isSilent: true }, {})
    const deleting = db.delete()
    newest().crash()

    await expect(deleting).rejects.toMatchObject({ code: 'worker-failed' })
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })
})
