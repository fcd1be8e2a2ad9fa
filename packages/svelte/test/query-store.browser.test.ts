import { liveParameters, openTodos, titles, TODOS, type Todo } from '@datasync/conformance'
import type { QueryResult } from '@datasync/engine'
import { screen } from '@testing-library/svelte'
import { derived, get } from 'svelte/store'
import { expect, onTestFinished, test } from 'vitest'
import { queryStore } from '../src/index.ts'
import LegacyStore from './components/legacy-store.svelte'
import RunesStore from './components/runes-store.svelte'
import { eventually } from './support/eventually.ts'
import { renderWith } from './support/render.ts'

test.each([
  ['with runes', RunesStore],
  ['without runes', LegacyStore],
] as const)(
  'a component %s reads it by its dollar name, and derives another for other props',
  async (_, component) => {
    const db = await openTodos()
    const view = renderWith(db, component, { list: 1 })
    await screen.findByText('pending')
    await screen.findByText('milk bread')
    await db.run("update todo set title = 'rye' where id = 2")
    await screen.findByText('milk rye')

    await view.setProps({ list: 2 })
    expect(screen.getByText('pending')).toBeTruthy()
    await screen.findByText('paint')
    await eventually(() => expect(liveParameters(db)).toEqual([[2]]))

    view.unmount()
    await eventually(() => expect(liveParameters(db)).toEqual([]))
  },
)

test('tells its result at once, then every change of it, and ends with its last subscriber', async () => {
  const db = await openTodos()
  const store = queryStore<Todo>(TODOS, [], { database: db })
  const seen: QueryResult<readonly Todo[]>[] = []
  const stop = store.subscribe((result) => void seen.push(result))
  expect(seen).toMatchObject([{ status: 'pending', isPending: true, isFetching: true, data: undefined }])

  await eventually(() => expect(seen.at(-1)?.data).toHaveLength(3))
  await db.run('update todo set title = title')
  await db.run('delete from todo where id = 1')

  expect(seen.map(({ data }) => titles(data))).toEqual([
    undefined,
    ['milk', 'bread', 'paint'],
    ['bread', 'paint'],
  ])
  expect(new Set(seen).size).toBe(seen.length)
  stop()
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  expect(seen).toHaveLength(3)
})

test('many subscribers share a run, and each hears the latest result first', async () => {
  const db = await openTodos()
  const store = queryStore<Todo>(TODOS, [], { database: db })
  onTestFinished(store.subscribe(() => undefined))
  await eventually(() => expect(get(store).data).toHaveLength(3))

  const late: unknown[] = []
  onTestFinished(store.subscribe(({ data }) => void late.push(titles(data))))

  expect(late).toEqual([['milk', 'bread', 'paint']])
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2, runs: 1 }])
})

test('select tells nothing new where what it makes is the same', async () => {
  const db = await openTodos()
  const counts: unknown[] = []
  const store = queryStore<Todo, number>(TODOS, [], { database: db, select: (todos) => todos.length })
  onTestFinished(store.subscribe(({ data }) => void counts.push(data)))
  await eventually(() => expect(counts).toEqual([undefined, 3]))

  await db.run("update todo set title = 'rye' where id = 2")
  await db.run('delete from todo where id = 1')

  expect(counts).toEqual([undefined, 3, 2])
})

test('get gives what is known, and works with the other stores of Svelte', async () => {
  const db = await openTodos()
  const store = queryStore<Todo>(TODOS, [], { database: db })
  expect(get(store).status).toBe('pending')
  await db.observe(TODOS).load()

  expect(titles(get(store).data)).toEqual(['milk', 'bread', 'paint'])
  expect(get(derived(store, ({ data }) => data?.length))).toBe(3)
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('a store that was left shows on its return what was written meanwhile, and keeps rows if told to', async () => {
  const db = await openTodos()
  const options = { database: db, keepPrevious: true }
  const store = queryStore<Todo>(TODOS, [], options)
  const stop = store.subscribe(() => undefined)
  await eventually(() => expect(get(store).data).toHaveLength(3))
  stop()
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run('delete from todo where id = 1')

  const seen: unknown[] = []
  onTestFinished(store.subscribe(({ data, isStale }) => void seen.push([titles(data), isStale])))

  await eventually(() => expect(seen.at(-1)).toEqual([['bread', 'paint'], false]))
  expect(seen[0]).toEqual([['milk', 'bread', 'paint'], true])
})

test('asks nothing without a statement, or when it is disabled', async () => {
  const db = await openTodos()
  for (const store of [
    queryStore(null, [], { database: db }),
    queryStore(TODOS, [], { database: db, enabled: false }),
  ]) {
    onTestFinished(store.subscribe(() => undefined))
    expect(get(store)).toMatchObject({ status: 'pending', isFetching: false })
  }
  expect(liveParameters(db)).toEqual([])
})
