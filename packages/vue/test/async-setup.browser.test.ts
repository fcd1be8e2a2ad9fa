import { screen, waitFor } from '@testing-library/vue'
import { h, nextTick, ref, shallowRef, Suspense, type VNode } from 'vue'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import AsyncTodos from './support/async-todos.vue'
import { renderWith, setUpWith, watchTexts } from './support/render.ts'
import {
  createTodos,
  liveParameters,
  openTodos,
  titles,
  TODOS,
  TODOS_OF_LIST,
  type Todo,
} from '@datasync/conformance'

/** A query that takes its time. */
const SLOW = `
  select * from todo where list = ? and (
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 500000) select count(*) from n
  ) > 0 order by id`

// An element around it: a boundary at the root of a test has nowhere to put its fallback.
const suspended = (content: () => VNode | undefined): VNode =>
  h('div', h(Suspense, null, { default: content, fallback: () => 'waiting' }))

test('below a boundary, an async setup waits for its first results and follows from then on', async () => {
  const db = createTodos()
  const list = ref(1)
  const view = renderWith(db, () => suspended(() => h(AsyncTodos, { list: list.value })))
  const texts = watchTexts(view.container)
  await screen.findByText('milk bread of 3')

  await db.run("update todo set title = 'rye' where id = 2")
  await nextTick()
  list.value = 2
  await screen.findByText('paint of 3')

  expect(texts).toEqual(['waiting', 'milk bread of 3', 'milk rye of 3', 'pending of 3', 'paint of 3'])
  view.unmount()
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('an error ends the waiting as well', async () => {
  const db = await openTodos()
  await db.exec('alter table todo rename column list to category')

  renderWith(db, () => suspended(() => h(AsyncTodos, { list: 1 })))

  await screen.findByText('sql')
})

test('a component that goes while it waits leaves no live query, and its promise settles', async () => {
  const db = createTodos()
  const isShown = shallowRef(true)
  const waits: PromiseLike<unknown>[] = []
  const Waiting = {
    setup: async () => {
      const query = useQuery<Todo>(TODOS)
      waits.push(query)
      await query
      return () => h('p', 'never')
    },
  }
  const { container } = renderWith(db, () => suspended(() => (isShown.value ? h(Waiting) : h('p', 'gone'))))
  expect(container.textContent).toBe('waiting')

  isShown.value = false
  await screen.findByText('gone')

  await expect(waits[0]).resolves.toMatchObject({ isPending: { value: false } })
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('the promise gives the same refs, and no promise', async () => {
  const db = await openTodos()
  const { result: query } = setUpWith(db, () => useQuery<Todo>(TODOS))

  const awaited = await query

  expect('then' in awaited).toBe(false)
  expect(awaited).toMatchObject({ data: query.data, error: query.error, refetch: query.refetch })
  expect(titles(awaited.data.value)).toEqual(['milk', 'bread', 'paint'])
})

test('the promise waits for the parameters of now, though they were others when it was made', async () => {
  const db = await openTodos()
  const list = ref(1)
  const { result: query } = setUpWith(db, () => useQuery<Todo>(SLOW, [list]))
  const waited = query.then(({ data }) => titles(data.value))
  await waitFor(() => expect(liveParameters(db)).toEqual([[1]]))

  list.value = 2

  expect(await waited).toEqual(['paint'])
})

test('the promise of a query that asks nothing waits for nothing', async () => {
  const db = createTodos()
  const { result: query } = setUpWith(db, () => useQuery<Todo>(null))

  const { data, isPending } = await query

  expect([data.value, isPending.value]).toEqual([undefined, true])
  expect(db.status.getSnapshot().phase).toBe('idle')
})

test('the promise has the error of a query that fails, and does not reject', async () => {
  const db = await openTodos()
  const { result: query } = setUpWith(db, () => useQuery<Todo>('select * from nowhere', [1]))

  const { error, status } = await query

  expect(status.value).toBe('error')
  expect(error.value).toMatchObject({ code: expect.stringMatching(/./) })
})

test('a query whose rows are there is not asked again by a promise', async () => {
  const db = await openTodos()
  await db.observe(TODOS_OF_LIST, [1]).load()
  const { result: query } = setUpWith(db, () => useQuery<Todo>(TODOS_OF_LIST, [1]))
  expect(query.data.value).toHaveLength(2)

  await query

  expect(db.liveQueries.getSnapshot()).toMatchObject([{ runs: 1, subscribers: 1 }])
})
