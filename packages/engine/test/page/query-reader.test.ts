import { expect, test } from 'vitest'
import {
  createQueryReader,
  observeQuery,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
} from '../../src/index.ts'
import { openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

const OF_TITLE = 'select * from todo where title = ?'

/** Reads what an adapter would show now. */
function createReading(): (
  observer: QueryObserver<Todo>,
  options?: QueryOptions<Todo>,
) => QueryResult<readonly Todo[]> {
  const read = createQueryReader<Todo>()
  return (observer, options = {}) => read(observer, observer.getSnapshot(), options)
}

test('shows the rows of the query before this one as stale, if keepPrevious says so', async () => {
  const db = await openTodos()
  const read = createReading()
  const before = db.observe<Todo>(TODOS)
  await before.load()
  const { data } = read(before)

  expect(read(db.observe<Todo>(OF_TITLE, ['milk']), { keepPrevious: true })).toMatchObject({
    status: 'success',
    isStale: true,
    data,
  })
})

test('shows none without keepPrevious', async () => {
  const db = await openTodos()
  const read = createReading()
  const before = db.observe<Todo>(TODOS)
  await before.load()
  read(before)

  expect(read(db.observe<Todo>(OF_TITLE, ['milk']))).toMatchObject({ status: 'pending', data: undefined })
})

test('shows the last rows there were, over queries that had none', async () => {
  const db = await openTodos()
  const read = createReading()
  const keep = { keepPrevious: true }
  const before = db.observe<Todo>(TODOS)
  await before.load()
  const { data } = read(before, keep)

  read(db.observe<Todo>(OF_TITLE, ['nothing']), keep)
  const now = db.observe<Todo>(OF_TITLE, ['bread'])

  expect(read(now, keep)).toMatchObject({ isStale: true, data })
  await now.load()
  expect(titles(read(now, keep).data)).toEqual(['bread'])
  expect(read(now, keep).isStale).toBe(false)
})

test('shows the last rows of the query before this one, though it has forgotten them', async () => {
  const db = await openTodos()
  const read = createReading()
  const keep = { keepPrevious: true }
  const before = db.observe<Todo>(TODOS)
  await before.load()
  const { data } = read(before, keep)

  await expect.poll(() => before.getSnapshot().status).toBe('pending')

  expect(read(db.observe<Todo>(OF_TITLE, ['milk']), keep)).toMatchObject({ isStale: true, data })
})

test('shows none that were read before keepPrevious was asked for', async () => {
  const db = await openTodos()
  const read = createReading()
  const observer = db.observe<Todo>(TODOS)
  await observer.load()
  expect(read(observer).data).toHaveLength(3)

  await expect.poll(() => observer.getSnapshot().status).toBe('pending')

  expect(read(observer, { keepPrevious: true })).toMatchObject({ status: 'pending', data: undefined })
})

test('calls select each time, and keeps what is equal in its result', async () => {
  const db = await openTodos()
  const observer = db.observe<Todo>(TODOS)
  await observer.load()
  const read = createQueryReader<Todo>()
  let first = 1
  const select = (todos: readonly Todo[]): readonly Todo[] => todos.slice(first)
  const reading = (): QueryResult<readonly Todo[]> => read(observer, observer.getSnapshot(), { select })

  const before = reading()
  expect(titles(before.data)).toEqual(['bread', 'paint'])
  expect(reading()).toBe(before)

  first = 2
  expect(titles(reading().data)).toEqual(['paint'])
})

test.each([
  ['a falsy statement', null, {}],
  ['enabled: false', TODOS, { enabled: false }],
] as const)('%s asks nothing', async (_, statement, options) => {
  const db = await openTodos()

  const observer = observeQuery<Todo>(db, statement, undefined, options)
  observer.subscribe(() => undefined)
  await observer.load()
  await observer.refetch()

  expect(observer.getSnapshot()).toMatchObject({ status: 'pending', isFetching: false })
  expect(db.liveQueries.getSnapshot()).toEqual([])
})
