import { screen, waitFor } from '@testing-library/vue'
import {
  createApp,
  effectScope,
  h,
  KeepAlive,
  nextTick,
  onErrorCaptured,
  ref,
  shallowRef,
  type EffectScope,
  type VNode,
} from 'vue'
import { expect, test } from 'vitest'
import { dataSync, useDatabaseStatus, useMutation, useQuery, type QueryRefs } from '../src/index.ts'
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

function runIn<Result>(scope: EffectScope, run: () => Result): Result {
  const result = scope.run(run)
  if (result === undefined) throw new Error('The scope was stopped.')
  return result
}

test('an effect scope of its own needs no component, and its end is that of the query', async () => {
  const db = createTodos()
  const scope = effectScope()
  const list = ref(1)
  const { todos, status } = runIn(scope, () => ({
    todos: useQuery<Todo>(TODOS_OF_LIST, [list], { database: db }),
    status: useDatabaseStatus({ database: db }),
  }))
  await waitFor(() => expect(titles(todos.data.value)).toEqual(['milk', 'bread']))
  expect(status.value.phase).toBe('open')

  list.value = 2
  await waitFor(() => expect(titles(todos.data.value)).toEqual(['paint']))

  scope.stop()
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run("update todo set title = 'glue' where id = 3")
  expect(titles(todos.data.value)).toEqual(['paint'])
})

test('a store that outlives its components is set up once, and has the database of its app', async () => {
  const db = await openTodos()
  const scope = effectScope(true)
  let store: { readonly todos: QueryRefs<readonly Todo[]>; readonly clear: () => void } | undefined
  const app = createApp({ render: () => null }).use(dataSync(db))
  // As Pinia does it.
  const useStore = () =>
    (store ??= app.runWithContext(() =>
      runIn(scope, () => {
        const todos = useQuery<Todo>(TODOS)
        const { mutate: clear } = useMutation('delete from todo')
        return { todos, clear }
      }),
    ))
  const first = setUpWith(createTodos(), useStore)
  await waitFor(() => expect(first.result.todos.data.value).toHaveLength(3))
  first.unmount()

  const second = setUpWith(createTodos(), useStore)
  expect(second.result.todos.data.value).toHaveLength(3)
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }])

  second.result.clear()
  await waitFor(() => expect(second.result.todos.data.value).toEqual([]))
  scope.stop()
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('with keepPrevious, a component is never empty when KeepAlive brings it back', async () => {
  const db = await openTodos()
  const isShown = ref(true)
  const Kept = {
    setup: () => {
      const { data, isStale } = useQuery<Todo>(TODOS, [], { keepPrevious: true })
      return (): VNode => h('p', `${titles(data.value)?.join(' ') ?? 'empty'}${isStale.value ? '?' : ''}`)
    },
  }
  const { container } = renderWith(db, () =>
    h(KeepAlive, () => (isShown.value ? h(Kept) : h('p', 'elsewhere'))),
  )
  const texts = watchTexts(container)
  await screen.findByText('milk bread paint')

  isShown.value = false
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run("update todo set title = 'rye' where id = 2")
  isShown.value = true
  await screen.findByText('milk rye paint')

  expect(texts.filter((text) => text !== 'elsewhere')).toEqual([
    'empty',
    'milk bread paint',
    'milk bread paint?',
    'milk rye paint',
  ])
})

test('with keepPrevious, nor is one whose parameters have changed meanwhile', async () => {
  const db = await openTodos()
  const isShown = ref(true)
  const list = ref(1)
  const Kept = {
    setup: () => {
      const { data, isStale } = useQuery<Todo>(TODOS_OF_LIST, [list], { keepPrevious: true })
      return (): VNode => h('p', `${titles(data.value)?.join(' ') ?? 'empty'}${isStale.value ? '?' : ''}`)
    },
  }
  const { container } = renderWith(db, () => h(KeepAlive, () => (isShown.value ? h(Kept) : null)))
  await screen.findByText('milk bread')

  isShown.value = false
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  list.value = 2
  await nextTick()
  const texts = watchTexts(container)
  isShown.value = true
  await screen.findByText('paint')

  expect(texts).toEqual(['', 'milk bread?', 'paint'])
})

test('a component that KeepAlive puts away asks nothing, even for other parameters', async () => {
  const db = await openTodos()
  const isShown = ref(true)
  const list = ref(1)
  const Kept = {
    setup: () => {
      const { data } = useQuery<Todo>(TODOS_OF_LIST, [list])
      return (): VNode => h('p', titles(data.value)?.join(' '))
    },
  }
  renderWith(db, () => h(KeepAlive, () => (isShown.value ? h(Kept) : null)))
  await screen.findByText('milk bread')

  isShown.value = false
  await waitFor(() => expect(liveParameters(db)).toEqual([]))
  list.value = 2
  expect(liveParameters(db).length).toBe(0)

  isShown.value = true
  await screen.findByText('paint')
})

test('a component whose setup throws after it asked leaves no live query behind', async () => {
  const db = await openTodos()
  const caught: unknown[] = []
  const Failing = {
    setup: () => {
      useQuery<Todo>(TODOS)
      throw new Error('later in setup')
    },
    render: () => null,
  }
  const isShown = shallowRef(true)
  renderWith(db, {
    setup: () => {
      onErrorCaptured((error) => {
        caught.push(error)
        return false
      })
      return () => (isShown.value ? h(Failing) : h('p', 'gone'))
    },
  })
  expect(caught).toEqual([new Error('later in setup')])

  isShown.value = false
  await screen.findByText('gone')

  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})
