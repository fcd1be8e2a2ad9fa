import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import { renderWithHook } from './support/render.tsx'
import { liveParameters, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

const REMEMBERED: Todo = { id: 1, list: 1, title: 'remembered', done: 0 }

test('keepPrevious shows the old rows as stale until the new ones are there', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    ({ list }) => ({ list, query: useQuery<Todo>(TODOS_OF_LIST, [list], { keepPrevious: true }) }),
    { list: 1 },
  )
  await waitFor(() => expect(titles(view.current().query.data)).toEqual(['milk', 'bread']))

  view.rerender({ list: 2 })
  expect(view.current().query).toMatchObject({
    status: 'success',
    isPending: false,
    isFetching: true,
    isStale: true,
  })
  expect(titles(view.current().query.data)).toEqual(['milk', 'bread'])

  await waitFor(() => expect(view.current().query.isStale).toBe(false))
  expect(titles(view.current().query.data)).toEqual(['paint'])
  const mislabelled = view.shown.filter(
    ({ list, query }) => !query.isStale && query.data?.some((todo) => todo.list !== list),
  )
  expect(mislabelled).toEqual([])
})

test('keepPrevious keeps the last rows that were shown, over parameters that had none yet', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    ({ list }) => useQuery<Todo>(TODOS_OF_LIST, [list], { keepPrevious: true }),
    { list: 1 },
  )
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread']))

  view.rerender({ list: 97 })
  view.rerender({ list: 98 })
  view.rerender({ list: 2 })

  expect(titles(view.current().data)).toEqual(['milk', 'bread'])
  expect(view.current().isStale).toBe(true)
  await waitFor(() => expect(titles(view.current().data)).toEqual(['paint']))
})

test('keepPrevious keeps rows through the error of new parameters', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ sql }) => useQuery<Todo>(sql, [], { keepPrevious: true }), {
    sql: TODOS,
  })
  await waitFor(() => expect(view.current().data).toHaveLength(3))

  view.rerender({ sql: 'select * from nowhere' })

  await waitFor(() => expect(view.current().status).toBe('error'))
  expect(view.current()).toMatchObject({ error: { code: 'sql' }, isStale: true, isFetching: false })
  expect(view.current().data).toHaveLength(3)
})

test('select renders again only when what it selects has changed', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => useQuery<Todo, number>(TODOS, [], { select: (todos) => todos.filter((todo) => todo.done).length }),
    undefined,
  )
  await waitFor(() => expect(view.current().data).toBe(0))
  const before = view.shown.length

  await db.run("update todo set title = 'oat milk' where id = 1")
  await db.run("insert into todo (list, title) values (1, 'salt')")
  await db.run('update todo set done = 1 where id = 2')

  await waitFor(() => expect(view.current().data).toBe(1))
  expect(view.shown).toHaveLength(before + 1)
})

test('select that picks rows renders again only when one of them has changed', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => useQuery<Todo>(TODOS, [], { select: (todos) => todos.filter((todo) => todo.list === 1) }),
    undefined,
  )
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread']))
  const before = view.shown.length
  const { data } = view.current()

  await db.run("update todo set title = 'glue' where id = 3")
  await db.run('select 1')
  view.rerender(undefined)
  expect(view.shown).toHaveLength(before + 1)
  expect(view.current().data).toBe(data)

  await db.run("update todo set title = 'rye' where id = 2")
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'rye']))
  expect(view.shown).toHaveLength(before + 2)
})

test('select may find nothing in rows that are there', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () =>
      useQuery<Todo, Todo | undefined>(TODOS, [], { select: (todos) => todos.find((todo) => todo.id === 9) }),
    undefined,
  )

  await waitFor(() => expect(view.current().status).toBe('success'))
  expect(view.current()).toMatchObject({ data: undefined, isPending: false })
})

test('select follows what it closes over', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    ({ list }) =>
      useQuery<Todo>(TODOS, [], { select: (todos) => todos.filter((todo) => todo.list === list) }),
    { list: 1 },
  )
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread']))

  view.rerender({ list: 2 })
  expect(titles(view.current().data)).toEqual(['paint'])

  await db.run("update todo set title = 'glue' where id = 3")
  await waitFor(() => expect(titles(view.current().data)).toEqual(['glue']))
})

test('initialData is shown at once, until the first result', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS, [], { initialData: [REMEMBERED] }), undefined)

  expect(view.shown[0]).toMatchObject({
    status: 'success',
    isPending: false,
    isFetching: true,
    isStale: false,
  })
  expect(titles(view.shown[0]?.data)).toEqual(['remembered'])
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread', 'paint']))
})

test('initialData goes through select, and a real result of no rows replaces it', async () => {
  const db = await openTodos()
  await db.run('delete from todo')
  const view = renderWithHook(
    db,
    () => useQuery<Todo, number>(TODOS, [], { initialData: [REMEMBERED], select: (todos) => todos.length }),
    undefined,
  )

  expect(view.shown[0]).toMatchObject({ status: 'success', data: 1 })
  await waitFor(() => expect(view.current().data).toBe(0))
})

test('initialData is shown by a query that is turned off', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => useQuery<Todo>(TODOS, [], { enabled: false, initialData: [REMEMBERED] }),
    undefined,
  )

  expect(view.current()).toMatchObject({ status: 'success', isFetching: false, isStale: false })
  expect(view.current().data).toEqual([REMEMBERED])
})

test('enabled: false asks nothing; turned on and off again, it stops asking', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ enabled }) => useQuery<Todo>(TODOS_OF_LIST, [1], { enabled }), {
    enabled: false,
  })
  expect(view.current()).toMatchObject({
    status: 'pending',
    data: undefined,
    isPending: true,
    isFetching: false,
  })
  expect(liveParameters(db)).toEqual([])

  view.rerender({ enabled: true })
  expect(view.current().isFetching).toBe(true)
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk', 'bread']))

  view.rerender({ enabled: false })
  expect(view.current()).toMatchObject({ status: 'pending', data: undefined, isFetching: false })
  await waitFor(() => expect(liveParameters(db)).toEqual([]))
  const before = view.shown.length
  await db.run('delete from todo')
  await db.query('select 1')
  expect(view.shown).toHaveLength(before)
})

test.each([null, undefined, false, ''] as const)(
  '%o in place of a statement asks nothing',
  async (nothing) => {
    const db = await openTodos()
    const view = renderWithHook(
      db,
      ({ list }) => useQuery<Todo>(list === undefined ? nothing : TODOS_OF_LIST, [list ?? null]),
      { list: undefined as number | undefined },
    )
    expect(view.current()).toMatchObject({ status: 'pending', data: undefined, isFetching: false })
    await expect(view.current().refetch()).resolves.toBeUndefined()
    expect(liveParameters(db)).toEqual([])

    view.rerender({ list: 2 })
    await waitFor(() => expect(titles(view.current().data)).toEqual(['paint']))

    view.rerender({ list: undefined })
    expect(view.current()).toMatchObject({ status: 'pending', data: undefined, isFetching: false })
  },
)

test('a query that is turned off keeps its rows if keepPrevious says so', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    ({ search }) =>
      useQuery<Todo>(search && 'select * from todo where title like ?', [search], { keepPrevious: true }),
    { search: 'mi%' },
  )
  await waitFor(() => expect(titles(view.current().data)).toEqual(['milk']))

  view.rerender({ search: '' })

  expect(titles(view.current().data)).toEqual(['milk'])
  expect(view.current()).toMatchObject({ isStale: true, isFetching: false })
})
