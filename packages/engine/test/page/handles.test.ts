import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDatabase } from '../../src/index.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { TODO_SCHEMA, TODOS } from './open-test-database.ts'
import { settle, useFakeTimers } from './worker-clock.ts'

const INSERT = 'insert into todo (title) values (?)'
const WITH_TODOS = { migrations: [TODO_SCHEMA] }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
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
