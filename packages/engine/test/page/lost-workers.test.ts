import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ChangeSet, Database } from '../../src/index.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { TODO_SCHEMA, TODOS, titles, type Todo } from './open-test-database.ts'
import { settle, useFakeTimers } from './worker-clock.ts'

const INSERT = 'insert into todo (title) values (?)'
const WITH_TODOS = { migrations: [TODO_SCHEMA] }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
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
