import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import {
  createResultReader,
  type DataSyncError,
  type QueryObserver,
  type QueryResult,
  type QuerySnapshot,
} from '../../src/index.ts'
import { DISABLED_QUERY } from '../../src/live/fixed-observer.ts'
import { shareStructure } from '../../src/live/share-structure.ts'
import { openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

/** Reads what an adapter would show now. */
function reading<Data = readonly Todo[]>(
  observer: QueryObserver<Todo>,
): (
  options?: Parameters<ReturnType<typeof createResultReader<Todo, Data>>>[2],
  earlier?: readonly Todo[],
) => QueryResult<Data> {
  const read = createResultReader<Todo, Data>()
  return (options = {}, earlier) => read(observer, observer.getSnapshot(), options, earlier)
}

describe('the result of a query', () => {
  test('is pending, then success, and the same object until something changes', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    const read = reading(observer)

    const pending = read()
    expect(pending).toMatchObject({ status: 'pending', isPending: true, isFetching: true, isStale: false })
    expect(read()).toBe(pending)

    await observer.load()
    const success = read()
    expect(success).toMatchObject({
      status: 'success',
      isPending: false,
      isFetching: false,
      error: undefined,
    })
    expect(success.data).toBe(observer.getSnapshot().data)
    expect(Object.isFrozen(success)).toBe(true)

    await db.run("update todo set title = 'milk' where id = 1")
    expect(read()).toBe(success)
  })

  test('keeps its data when the query fails, and loses the error when it recovers', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    const read = reading(observer)
    observer.subscribe(() => undefined)
    await observer.load()

    await db.exec('alter table todo rename to hidden')
    expect(read()).toMatchObject({ status: 'error', isPending: false, error: { code: 'sql' } })
    expect(titles(read().data)).toEqual(['milk', 'bread', 'paint'])

    await db.exec('alter table hidden rename to todo')
    expect(read()).toMatchObject({ status: 'success', error: undefined })
  })

  test('of a disabled query is not being fetched, and is pending unless there is something to show', async () => {
    const read = reading(DISABLED_QUERY)
    const initialData = [{ id: 9, title: 'initial', done: 0 }]

    expect(read()).toMatchObject({ status: 'pending', isPending: true, isFetching: false, data: undefined })
    expect(read({ initialData })).toMatchObject({ status: 'success', isStale: false, data: initialData })
    expect(read({}, initialData)).toMatchObject({ status: 'success', isStale: true, data: initialData })
    await expect(read().refetch()).resolves.toBeUndefined()
  })

  test('shows initial data until there are rows', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    const read = reading(observer)
    const initialData: readonly Todo[] = []

    expect(read({ initialData })).toMatchObject({ status: 'success', isFetching: true, data: [] })

    await observer.load()
    expect(titles(read({ initialData }).data)).toEqual(['milk', 'bread', 'paint'])
  })

  test('shows the rows of earlier parameters, marked as stale, until there are own ones', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    const read = reading(observer)
    const earlier = [{ id: 1, title: 'earlier', done: 0 }]

    expect(read({}, earlier)).toMatchObject({
      status: 'success',
      isStale: true,
      isFetching: true,
      data: earlier,
    })

    await observer.load()
    expect(read({}, earlier)).toMatchObject({ status: 'success', isStale: false })
    expect(titles(read({}, earlier).data)).toEqual(['milk', 'bread', 'paint'])
  })

  test('keeps the rows from before a pause, marked as stale, if it is told to keep previous ones', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    const stop = observer.subscribe(() => undefined)
    await observer.load()
    const [read, readOther] = [reading(observer), reading(observer)]
    const { data } = read({ keepPrevious: true })

    stop()
    vi.advanceTimersByTime(10_000)
    expect(observer.getSnapshot().data).toBeUndefined()
    expect(read({ keepPrevious: true })).toMatchObject({ status: 'success', isStale: true, isFetching: true })
    expect(read({ keepPrevious: true }).data).toBe(data)
    expect(readOther({ keepPrevious: true })).toMatchObject({ status: 'pending', data: undefined })
    expect(read()).toMatchObject({ status: 'pending', data: undefined, isStale: false })
  })

  test('is selected from the rows once for each change of them', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    const select = vi.fn<(rows: readonly Todo[]) => readonly string[]>((rows) =>
      rows.filter((row) => row.done === 0).map((row) => row.title),
    )
    const read = reading<readonly string[]>(observer)

    const first = read({ select })
    expect(read({ select })).toBe(first)
    expect(select).toHaveBeenCalledTimes(1)

    await db.run('update todo set done = 1 where id = 1')
    expect(read({ select }).data).toEqual(['bread', 'paint'])
    expect(select).toHaveBeenCalledTimes(2)
  })

  test('is a success though select finds nothing in the rows', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    await observer.load()
    const read = reading<Todo | undefined>(observer)

    const found = read({ select: (rows) => rows.find((row) => row.id === 9) })

    expect(found).toMatchObject({ status: 'success', isPending: false, data: undefined })
  })

  test('does not change with a select that is written inline and gives the same', async () => {
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    const read = reading<{ readonly rows: readonly { readonly label: string }[] }>(observer)
    const readInline = (): ReturnType<typeof read> =>
      read({ select: (rows) => ({ rows: rows.map((row) => ({ label: row.title })) }) })

    const first = readInline()
    expect(readInline()).toBe(first)

    await db.run("update todo set title = 'rye' where id = 2")
    const second = readInline()
    expect(second.data?.rows.map((row) => row.label)).toEqual(['milk', 'rye', 'paint'])
    expect(second.data?.rows[0]).toBe(first.data?.rows[0])
    expect(second.data?.rows[1]).not.toBe(first.data?.rows[1])
  })

  test('has data once it is a success, and an error once it is one', () => {
    expectTypeOf<Extract<QueryResult<number>, { status: 'success' }>['data']>().toEqualTypeOf<number>()
    expectTypeOf<Extract<QueryResult<number>, { status: 'error' }>['error']>().toEqualTypeOf<DataSyncError>()
    expectTypeOf<QuerySnapshot['data']>().not.toBeAny()
  })
})

describe('equal parts', () => {
  test('are the old ones', () => {
    const previous = { list: [{ a: 1 }, { a: 2 }], other: { b: [1, 2] }, date: new Date(0) }
    const next = { list: [{ a: 1 }, { a: 3 }], other: { b: [1, 2] }, date: new Date(0) }

    const shared = shareStructure(previous, next)

    expect(shared).toEqual(next)
    expect(shared.list[0]).toBe(previous.list[0])
    expect(shared.list[1]).toBe(next.list[1])
    expect(shared.other).toBe(previous.other)
    expect(shared.date).toBe(next.date)
  })

  test('are all of it, or none', () => {
    const previous = { a: [1, { b: 2 }] }

    expect(shareStructure(previous, { a: [1, { b: 2 }] })).toBe(previous)
    expect(shareStructure(previous, { a: [1, { b: 2 }], c: undefined })).toEqual({
      a: [1, { b: 2 }],
      c: undefined,
    })
    expect(shareStructure([1, 2, 3], [1, 2])).toEqual([1, 2])
    expect(shareStructure({ a: undefined }, { b: undefined })).toEqual({ b: undefined })
    expect(shareStructure(undefined, 5)).toBe(5)
  })

  test('are not looked for in what has no end', () => {
    const endless: { self?: unknown } = {}
    endless.self = endless
    const other: { self?: unknown } = {}
    other.self = other

    expect(shareStructure(endless, other)).toMatchObject({ self: { self: {} } })
  })
})
