import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { QueryObserver } from '../../src/index.ts'
import type { TestDatabase } from '../../src/testing.ts'
import { openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** What a listener finds each time that it is called. */
function record(observer: QueryObserver<Todo>): {
  readonly seen: (readonly string[] | undefined)[]
  readonly stop: () => void
} {
  const seen: (readonly string[] | undefined)[] = []
  const stop = observer.subscribe(() => seen.push(titles(observer.getSnapshot().data)))
  return { seen, stop }
}

function observeTodos(db: TestDatabase): QueryObserver<Todo> {
  return db.observe<Todo>(TODOS)
}

/** What the engine itself keeps up to date, as it reports each run of it. */
function liveStatements(db: TestDatabase): readonly string[] {
  return db.liveQueries.getSnapshot().map(({ sql }) => sql)
}

describe('a live query', () => {
  test('is pending, being fetched and always the same before its first result', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)

    expect(observer.getSnapshot()).toEqual({
      status: 'pending',
      data: undefined,
      error: undefined,
      isFetching: true,
    })
    expect(observer.getServerSnapshot()).toBe(observer.getSnapshot())
    expect(liveStatements(db)).toEqual([])

    const before = observer.getSnapshot()
    observer.subscribe(() => undefined)
    expect(observer.getSnapshot()).toBe(before)
    await db.flush()
    expect(observer.getServerSnapshot()).toBe(before)
  })

  test('delivers its first rows, then every change, to each listener once', async () => {
    const db = await openTodos()
    const first = record(observeTodos(db))
    const second = record(observeTodos(db))

    await db.flush()
    await db.run("update todo set title = 'rye' where id = 2")

    const expected = [
      ['milk', 'bread', 'paint'],
      ['milk', 'rye', 'paint'],
    ]
    expect(first.seen).toEqual(expected)
    expect(second.seen).toEqual(expected)
  })

  test('is one for the same statement and parameters, however they are written', async () => {
    const db = await openTodos()

    expect(db.observe(TODOS)).toBe(db.observe({ sql: TODOS, parameters: [] }))
    expect(db.observe('select ?', [1])).toBe(
      db.observe({ compile: () => ({ sql: 'select ?', parameters: [1] }) }),
    )
    expect(db.observe('select ?', [1])).not.toBe(db.observe('select ?', ['1']))
  })

  test('P4: shows a write when its promise resolves', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()

    await db.run("insert into todo (title) values ('rice')")
    expect(titles(observer.getSnapshot().data)).toContain('rice')

    await db.transaction(async (tx) => {
      await tx.run("delete from todo where title = 'rice'")
      expect(titles(observer.getSnapshot().data)).toContain('rice')
    })
    expect(titles(observer.getSnapshot().data)).not.toContain('rice')
  })

  test('P3: all step from one commit to the next before anybody is notified', async () => {
    const db = await openTodos()
    const count = db.observe<{ readonly n: number }>('select count(*) as n from todo')
    const list = observeTodos(db)
    const pairs: (readonly [number | undefined, number | undefined])[] = []
    const look = (): void => {
      pairs.push([count.getSnapshot().data?.[0]?.n, list.getSnapshot().data?.length])
    }
    count.subscribe(look)
    list.subscribe(look)
    await db.flush()

    await Promise.all([
      db.run("insert into todo (title) values ('a')"),
      db.run("insert into todo (title) values ('b')"),
    ])
    await db.run('delete from todo')

    expect(pairs.length).toBeGreaterThanOrEqual(6)
    for (const [counted, listed] of pairs) expect(counted).toBe(listed)
    expect(pairs.at(-1)).toEqual([0, 0])
  })

  test('P5: keeps the objects of rows that did not change, and says nothing where nothing did', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    const { seen } = record(observer)
    await db.flush()
    const before = observer.getSnapshot()

    await db.run('update todo set done = done')
    await db.run("update todo set title = 'milk' where id = 1")
    expect(observer.getSnapshot()).toBe(before)
    expect(seen).toHaveLength(1)

    await db.run("insert into todo (id, title) values (0, 'first')")
    const after = observer.getSnapshot()
    expect(Object.isFrozen(after) && Object.isFrozen(after.data) && Object.isFrozen(after.data?.[0])).toBe(
      true,
    )
    expect(after.data?.slice(1)).toEqual(before.data)
    before.data?.forEach((row, index) => expect(after.data?.[index + 1]).toBe(row))
  })

  test('does not tell of a transaction that was undone', async () => {
    const db = await openTodos()
    const { seen } = record(observeTodos(db))
    await db.flush()

    await expect(
      db.transaction(async (tx) => {
        await tx.run('delete from todo')
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await db.flush()

    expect(seen).toHaveLength(1)
  })

  test('keeps its rows in an error, and recovers by itself', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()
    const { data } = observer.getSnapshot()

    await db.exec('alter table todo rename to hidden')
    expect(observer.getSnapshot()).toMatchObject({
      status: 'error',
      error: { code: 'sql' },
      isFetching: false,
    })
    expect(observer.getSnapshot().data).toBe(data)

    await db.exec('alter table hidden rename to todo')
    expect(observer.getSnapshot()).toEqual({ status: 'success', data, error: undefined, isFetching: false })
  })

  test('keeps its rows when the database is closed, also for who looks it up then', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()
    const { data } = observer.getSnapshot()

    const closed = db.close()
    expect(observeTodos(db)).toBe(observer)
    await closed

    expect(observeTodos(db)).toBe(observer)
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
    expect(observer.getSnapshot().data).toBe(data)
    expect(db.observe('select 1').getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
  })

  test('does not tell of the same error again', async () => {
    const db = await openTodos()
    const observer = db.observe('select * from missing')
    const listener = vi.fn<() => void>()
    observer.subscribe(listener)
    await db.flush()
    const { error } = observer.getSnapshot()

    await db.exec('create table other (a)')
    await db.flush()

    expect(error).toMatchObject({ code: 'sql', detail: { sql: 'select * from missing' } })
    expect(observer.getSnapshot().error).toBe(error)
    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('cannot write', async () => {
    const db = await openTodos()
    const observer = db.observe("insert into todo (title) values ('x') returning *")

    await observer.load()

    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'not-read-only' } })
    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test.each([
    [undefined, 'invalid-argument'],
    [{ sql: 'select ?', parameters: [undefined] }, 'invalid-parameter'],
  ])(
    'that is none (%o) is an observer of the error, the same one each time',
    async (statement: unknown, code) => {
      const db = await openTodos()

      const observer = db.observe(statement as string)

      expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code } })
      expect(observer.getServerSnapshot()).toMatchObject({ status: 'pending' })
      expect(db.observe(statement as string)).toBe(observer)
      await expect(observer.load()).resolves.toBeUndefined()
      observer.subscribe(() => expect.unreachable())()
    },
  )
})

describe('listeners', () => {
  test('that throw stop no one, and are reported', async () => {
    const db = await openTodos()
    const reported: unknown[] = []
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
    onTestFinished(() => void vi.unstubAllGlobals())
    const stop = observeTodos(db).subscribe(() => {
      throw new Error('mine')
    })
    const stopToo = db.onChange(() => {
      throw new Error('mine too')
    })
    const { seen } = record(observeTodos(db))
    await db.flush()

    await expect(db.run('delete from todo')).resolves.toMatchObject({ changes: 3 })

    expect(seen.at(-1)).toEqual([])
    expect(reported.map(String)).toEqual(['Error: mine', 'Error: mine', 'Error: mine too'])
    stop()
    stopToo()
  })

  test('may subscribe, unsubscribe, observe and write', async () => {
    const db = await openTodos()
    const other = db.observe<{ readonly n: number }>('select count(*) as n from todo')
    const late = vi.fn<() => void>()
    const removed = vi.fn<() => void>()
    const writes: Promise<unknown>[] = []
    let stopRemoved = (): void => undefined
    const stop = observeTodos(db).subscribe(() => {
      stop()
      stopRemoved()
      other.subscribe(late)
      writes.push(db.run("insert into todo (title) values ('from a listener')"))
    })
    stopRemoved = observeTodos(db).subscribe(removed)

    await db.flush()
    await Promise.all(writes)

    expect(removed).not.toHaveBeenCalled()
    expect(late).toHaveBeenCalled()
    expect(other.getSnapshot().data).toEqual([{ n: 4 }])
  })

  test('are subscriptions of their own, even if they are one function', async () => {
    const db = await openTodos()
    const listener = vi.fn<() => void>()
    const observer = observeTodos(db)
    const stop = observer.subscribe(listener)
    observer.subscribe(listener)
    stop()
    stop()

    await db.flush()

    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('are not called while they subscribe', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    await observer.load()
    const listener = vi.fn<() => void>()

    observer.subscribe(listener)
    await db.flush()

    expect(listener).not.toHaveBeenCalled()
  })
})

describe('load and refetch', () => {
  test('load is one promise, which then is marked for React', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)

    const loading = observer.load()
    expect(observer.load()).toBe(loading)
    expect(loading).not.toHaveProperty('status')
    await loading

    expect(observer.load()).toBe(loading)
    expect(loading).toMatchObject({ status: 'fulfilled', value: undefined })
    expect(titles(observer.getSnapshot().data)).toEqual(['milk', 'bread', 'paint'])
  })

  test('load settles in an error as well', async () => {
    const db = await openTodos()
    const observer = db.observe('select')

    await expect(observer.load()).resolves.toBeUndefined()
    expect(observer.getSnapshot().status).toBe('error')
  })

  test('refetch runs again, shows that it does, and changes nothing that is equal', async () => {
    const db = await openTodos()
    const observer = db.observe<{ readonly r: number }>('select abs(random()) as r')
    const constant = observeTodos(db)
    observer.subscribe(() => undefined)
    constant.subscribe(() => undefined)
    await db.flush()
    const before = [observer.getSnapshot().data, constant.getSnapshot()]

    const done = Promise.all([observer.refetch(), constant.refetch(), constant.refetch()])
    expect(constant.getSnapshot()).toMatchObject({ status: 'success', isFetching: true })
    await done

    expect(observer.getSnapshot()).toMatchObject({ status: 'success', isFetching: false })
    expect(observer.getSnapshot().data).not.toEqual(before[0])
    expect(constant.getSnapshot()).toEqual(before[1])
    expect(db.liveQueries.getSnapshot()[1]).toMatchObject({ lastRun: { cause: { kind: 'refetched' } } })
  })

  test('refetch notifies when it begins and once when it ends', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await db.flush()
    const states: boolean[] = []
    observer.subscribe(() => states.push(observer.getSnapshot().isFetching))

    await observer.refetch()

    expect(states).toEqual([true, false])
  })

  test('refetch of a query that nobody subscribed to is its first run', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)

    await observer.refetch()

    expect(titles(observer.getSnapshot().data)).toEqual(['milk', 'bread', 'paint'])
  })
})

describe('a query that nobody wants', () => {
  test('is kept up to date for a second, and is the same if somebody does again', async () => {
    const db = await openTodos()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const observer = observeTodos(db)
    const { stop } = record(observer)
    await db.flush()
    stop()
    vi.advanceTimersByTime(900)
    await db.run("update todo set title = 'rye' where id = 2")
    vi.advanceTimersByTime(90)

    const again = observeTodos(db)
    expect(again).toBe(observer)
    expect(titles(again.getSnapshot().data)).toEqual(['milk', 'rye', 'paint'])
    const { seen } = record(again)
    await db.flush()

    vi.advanceTimersByTime(5000)
    await db.flush()
    expect(seen).toEqual([])
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 2 }])
  })

  test('is given up after that, and starts anew', async () => {
    const db = await openTodos()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const observer = observeTodos(db)
    const { stop } = record(observer)
    await db.flush()
    const loaded = observer.load()
    stop()

    vi.advanceTimersByTime(1000)
    await db.flush()
    expect(db.liveQueries.getSnapshot()).toEqual([])
    // What it last showed may be old by now.
    expect(observer.getSnapshot()).toBe(observer.getServerSnapshot())
    await db.run("update todo set title = 'rye' where id = 2")
    expect(observer.getSnapshot().status).toBe('pending')

    const { seen } = record(observer)
    expect(observer.load()).not.toBe(loaded)
    await db.flush()
    expect(seen).toEqual([['milk', 'rye', 'paint']])
  })

  test('and is subscribed to again, takes nothing for its own that was sent before', async () => {
    const db = await openTodos()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const observer = db.observe<Todo>(TODOS)
    const stop = observer.subscribe(() => undefined)
    await observer.load()
    stop()

    // What the engine has to say of this is on its way as the query is given up.
    const written = db.run("insert into todo (title) values ('nails')")
    await Promise.resolve()
    vi.advanceTimersByTime(1001)
    const shown: unknown[] = []
    observer.subscribe(() => shown.push(titles(observer.getSnapshot().data)))
    await written
    await db.flush()

    expect(shown.filter((rows) => rows !== undefined)).toEqual([['milk', 'bread', 'paint', 'nails']])
  })

  test('though it changes all the time, is given up', async () => {
    const db = await openTodos()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    record(observeTodos(db)).stop()
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(250)
      await db.run('update todo set done = done + 1')
    }

    expect(db.liveQueries.getSnapshot()).toEqual([])
  })

  test('was subscribed to twice by StrictMode, and runs once', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    record(observer).stop()
    const { seen } = record(observer)

    await db.flush()

    expect(seen).toEqual([['milk', 'bread', 'paint']])
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }])
  })

  test('is not given up while somebody waits for it', async () => {
    const db = await openTodos()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const observer = observeTodos(db)
    const loading = observer.load()
    record(observer).stop()
    vi.advanceTimersByTime(10_000)

    await loading

    expect(titles(observer.getSnapshot().data)).toEqual(['milk', 'bread', 'paint'])
    vi.advanceTimersByTime(1000)
    await db.flush()
    expect(observer.getSnapshot().status).toBe('pending')
  })

  test('is not even known to the engine if it was only looked up', async () => {
    const db = await openTodos()
    for (let i = 0; i < 100; i++) db.observe('select ?', [i])

    await db.flush()

    expect(db.liveQueries.getSnapshot()).toEqual([])
  })
})

describe('the list of live queries', () => {
  test('tells how often, how long and why each ran, also where nothing changed', async () => {
    const db = await openTodos()
    const listener = vi.fn<() => void>()
    const stop = db.liveQueries.subscribe(listener)
    observeTodos(db).subscribe(() => undefined)
    await db.flush()
    expect(db.liveQueries.getSnapshot()).toMatchObject([
      {
        sql: TODOS,
        parameters: [],
        subscribers: 1,
        runs: 1,
        lastRun: { cause: { kind: 'subscribed' }, changed: true, rowCount: 3 },
      },
    ])

    listener.mockClear()
    await db.run('update todo set done = done')
    const [report] = db.liveQueries.getSnapshot()
    expect(report).toMatchObject({
      runs: 2,
      lastRun: { changed: false, cause: { kind: 'changed', tables: [{ table: 'todo', columns: ['done'] }] } },
    })
    expect(report?.totalMs).toBeGreaterThanOrEqual(report?.lastRun?.durationMs ?? Infinity)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(db.liveQueries.getSnapshot()).toBe(db.liveQueries.getSnapshot())

    stop()
    await db.run('update todo set done = done')
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ runs: 2 }])
  })
})
