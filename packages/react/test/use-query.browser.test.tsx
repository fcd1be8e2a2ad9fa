import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import { renderWithHook } from './support/render.tsx'
import {
  createTodos,
  liveParameters,
  openTodos,
  titles,
  totalRuns,
  TODOS,
  TODOS_OF_LIST,
  type Todo,
} from '@datasync/conformance'

test('is pending at first, then shows the rows, and opens the database for that', async () => {
  const db = createTodos()

  const view = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)

  expect(view.current()).toMatchObject({
    status: 'pending',
    data: undefined,
    error: undefined,
    isPending: true,
    isFetching: true,
    isStale: false,
  })
  await waitFor(() => expect(view.current().status).toBe('success'))
  expect(view.current()).toMatchObject({
    error: undefined,
    isPending: false,
    isFetching: false,
    isStale: false,
  })
  expect(titles(view.current().data)).toEqual(['milk', 'bread', 'paint'])
})

test('tells no rows from no result', async () => {
  const db = await openTodos()

  const view = renderWithHook(db, () => useQuery<Todo>(TODOS_OF_LIST, [99]), undefined)

  expect(view.current().data).toBeUndefined()
  await waitFor(() => expect(view.current().isPending).toBe(false))
  expect(view.current().data).toEqual([])
})

test('follows inserts, updates and deletes', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS_OF_LIST, [1]), undefined)
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread']))

  await db.run("insert into todo (list, title) values (1, 'salt')")
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread', 'salt']))

  await db.run("update todo set title = 'oat milk' where id = 1")
  await waitFor(() => expect(titles(view.current().data)).toEqual(['oat milk', 'bread', 'salt']))

  await db.run('delete from todo where id = 2')
  await waitFor(() => expect(titles(view.current().data)).toEqual(['oat milk', 'salt']))
})

test('switches with its parameters, leaves one live query, and never shows old rows as new ones', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ list }) => ({ list, query: useQuery<Todo>(TODOS_OF_LIST, [list]) }), {
    list: 1,
  })
  await waitFor(() => expect(titles(view.current().query.data)).toEqual(['milk', 'bread']))

  view.rerender({ list: 2 })
  expect(view.current().query).toMatchObject({ status: 'pending', data: undefined })
  await waitFor(() => expect(titles(view.current().query.data)).toEqual(['paint']))

  await waitFor(() => expect(liveParameters(db)).toEqual([[2]]))
  const foreign = view.shown.filter(({ list, query }) => query.data?.some((todo) => todo.list !== list))
  expect(foreign).toEqual([])
})

test('switches with its statement', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ order }) => useQuery<Todo>(`select * from todo order by ${order}`), {
    order: 'id',
  })
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread', 'paint']))

  view.rerender({ order: 'title' })
  await waitFor(() => expect(titles(view.current().data)).toEqual(['bread', 'milk', 'paint']))
})

test('ignores the late result of parameters that were left behind', async () => {
  const db = await openTodos()
  const count = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
    select count(*) as total from n`
  const view = renderWithHook(
    db,
    ({ upTo }) => ({ upTo, query: useQuery<{ total: number }>(count, [upTo]) }),
    {
      upTo: 1_000_000,
    },
  )

  view.rerender({ upTo: 3 })
  await waitFor(() => expect(view.current().query.data).toEqual([{ total: 3 }]))

  await waitFor(() => expect(liveParameters(db)).toEqual([[3]]))
  const wrong = view.shown.filter(({ upTo, query }) => query.data?.some(({ total }) => total !== upTo))
  expect(wrong).toEqual([])
})

test('takes arrays and objects that are written inline', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => [
      useQuery<Todo>(TODOS_OF_LIST, [1]),
      useQuery<Todo>('select * from todo where list = :list and done = :done', { list: 1, done: false }),
      useQuery<Todo>({ sql: TODOS_OF_LIST, parameters: [2] }, undefined, {
        select: (rows) => rows.slice(0, 1),
      }),
    ],
    undefined,
  )
  await waitFor(() => expect(view.current().map(({ data }) => data?.length)).toEqual([2, 2, 1]))
  const before = view.shown.length

  for (let render = 0; render < 3; render += 1) view.rerender(undefined)

  expect(view.shown).toHaveLength(before + 3)
  expect(liveParameters(db)).toHaveLength(3)
  expect(totalRuns(db)).toBe(3)
})

test('takes the names of parameters in any order for the same query', async () => {
  const db = await openTodos()
  const named = 'select * from todo where list = :list and done = :done'
  const view = renderWithHook(
    db,
    () => [useQuery(named, { list: 1, done: 0 }), useQuery(named, { done: 0, list: 1 })],
    undefined,
  )

  await waitFor(() => expect(view.current().map(({ data }) => data?.length)).toEqual([2, 2]))

  expect(liveParameters(db)).toHaveLength(1)
})

test('runs once for two components that ask the same', async () => {
  const db = await openTodos()
  const first = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)
  const second = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)

  await waitFor(() => expect(first.current().data).toHaveLength(3))
  await waitFor(() => expect(second.current().data).toBe(first.current().data))

  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2, runs: 1 }])
})

test('runs again on refetch, though nothing changed, and says so meanwhile', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<{ at: number }>('select random() as at'), undefined)
  await waitFor(() => expect(view.current().status).toBe('success'))
  const { data, refetch } = view.current()

  const refetched = refetch()
  await waitFor(() =>
    expect(view.shown.some((result) => result.isFetching && result.data === data)).toBe(true),
  )
  await refetched

  await waitFor(() => expect(view.current().isFetching).toBe(false))
  expect(view.current().data).not.toEqual(data)
  expect(view.current().refetch).toBe(refetch)
})

test('shows an error, and recovers when its cause is gone', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery('select * from later'), undefined)

  await waitFor(() => expect(view.current().status).toBe('error'))
  expect(view.current()).toMatchObject({ data: undefined, isPending: false, isFetching: false })
  expect(view.current().error).toMatchObject({ code: 'sql' })

  await db.exec("create table later (note text); insert into later values ('here')")
  await waitFor(() => expect(view.current().data).toEqual([{ note: 'here' }]))
  expect(view.current()).toMatchObject({ status: 'success', error: undefined })
})

test('keeps its rows while it fails', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS_OF_LIST, [2]), undefined)
  await waitFor(() => expect(titles(view.current().data)).toEqual(['paint']))

  await db.exec('alter table todo rename to hidden')
  await waitFor(() => expect(view.current().status).toBe('error'))
  expect(view.current().error).toMatchObject({ code: 'sql' })
  expect(titles(view.current().data)).toEqual(['paint'])

  await db.exec("alter table hidden rename to todo; update todo set title = 'brush' where id = 3")
  await waitFor(() => expect(titles(view.current().data)).toEqual(['brush']))
  expect(view.current()).toMatchObject({ status: 'success', error: undefined })
})

test('has a parameter that cannot be bound as an error, not as a crash', async () => {
  const db = await openTodos()
  const date: { readonly since: unknown } = { since: new Date() }
  const view = renderWithHook(
    db,
    ({ since }) => useQuery('select ? as since', [since as string], { keepPrevious: true }),
    date,
  )

  await waitFor(() => expect(view.current().error).toMatchObject({ code: 'invalid-parameter' }))

  view.rerender({ since: '2026-11-23' })
  await waitFor(() => expect(view.current().data).toEqual([{ since: '2026-11-23' }]))
})

test('follows a change of the schema', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery('select * from todo where id = 3'), undefined)
  await waitFor(() => expect(view.current().data).toEqual([{ id: 3, list: 2, title: 'paint', done: 0 }]))

  await db.exec("alter table todo add column note text default 'white'")

  await waitFor(() =>
    expect(view.current().data).toEqual([{ id: 3, list: 2, title: 'paint', done: 0, note: 'white' }]),
  )
})

test('has the error of a database that was closed', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)
  await waitFor(() => expect(view.current().data).toHaveLength(3))

  await db.close()

  await waitFor(() => expect(view.current()).toMatchObject({ status: 'error', error: { code: 'closed' } }))
})

test('asks the database of its option rather than that of the provider', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  await other.run('delete from todo')

  const view = renderWithHook(provided, () => useQuery<Todo>(TODOS, [], { database: other }), undefined)

  await waitFor(() => expect(view.current().data).toEqual([]))
  expect(provided.liveQueries.getSnapshot()).toEqual([])
})
