import { afterEach, describe, expect, test, vi } from 'vitest'
import { openTodos, TODOS, titles, type Todo } from './open-test-database.ts'
import { observeTodos, record } from './observe-todos.ts'

afterEach(() => {
  vi.useRealTimers()
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
