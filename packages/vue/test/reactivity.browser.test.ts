import { waitFor } from '@testing-library/vue'
import { computed, isProxy, isReactive, isReadonly, nextTick, reactive, ref, watch, watchEffect } from 'vue'
import { expect, test } from 'vitest'
import { useMutation, useQuery } from '../src/index.ts'
import { setUpWith } from './support/render.ts'
import { openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

test('rows are never proxies, even in a reactive object', async () => {
  const db = await openTodos()
  const { result } = setUpWith(db, () => {
    const { data } = useQuery<Todo>(TODOS)
    return { data, state: reactive({ data, list: ref<readonly Todo[]>([]) }) }
  })
  await waitFor(() => expect(result.data.value).toHaveLength(3))
  result.state.list = result.data.value ?? []

  const { data } = db.observe<Todo>(TODOS).getSnapshot()
  expect(result.data.value).toBe(data)
  for (const rows of [result.data.value, result.state.data, result.state.list]) {
    expect([isReactive(rows), isProxy(rows), isReadonly(rows)]).toEqual([false, false, false])
    expect(isProxy(rows?.[0])).toBe(false)
    expect(rows?.[0]).toBe(data?.[0])
  }
})

test('a watcher of the rows is called once for each commit that changes them, and for no other', async () => {
  const db = await openTodos()
  const calls: unknown[] = []
  const { result } = setUpWith(db, () => {
    const query = useQuery<Todo>(TODOS_OF_LIST, [1])
    watch(query.data, (todos) => calls.push(titles(todos)), { flush: 'sync' })
    return query
  })
  await waitFor(() => expect(calls).toEqual([['milk', 'bread']]))

  await db.run('update todo set title = title')
  await db.run("update todo set title = 'glue' where id = 3")
  await result.refetch()
  expect(calls).toHaveLength(1)

  await db.transaction(async (tx) => {
    await tx.run("update todo set title = 'rye' where id = 2")
    await tx.run("insert into todo (list, title) values (1, 'salt')")
  })
  expect(calls.slice(1)).toEqual([['milk', 'rye', 'salt']])
})

test('a computed is computed anew only when the field that it reads has changed', async () => {
  const db = await openTodos()
  const counts: number[] = []
  const { result } = setUpWith(db, () => {
    const query = useQuery<Todo>(TODOS)
    const count = computed(() => {
      const length = query.data.value?.length ?? 0
      counts.push(length)
      return length
    })
    return { query, count }
  })
  await waitFor(() => expect(result.count.value).toBe(3))
  const before = counts.length

  const fetching: boolean[] = []
  watch(
    () => [result.query.isFetching.value, result.count.value] as const,
    ([isFetching]) => fetching.push(isFetching),
    { flush: 'sync' },
  )
  await result.query.refetch()

  expect(fetching).toEqual([true, false])
  expect(counts).toHaveLength(before)
})

test.each([{ keepPrevious: false }, { keepPrevious: true }])(
  'with %o, no watcher sees the rows of one list under the parameters of another',
  async (options) => {
    const db = await openTodos()
    const list = ref(1)
    const seen: { readonly asked: number; readonly isStale: boolean; readonly lists: readonly number[] }[] =
      []
    const { result } = setUpWith(db, () => {
      const note = (): void => {
        seen.push({
          asked: list.value,
          isStale: query.isStale.value,
          lists: query.data.value?.map((todo) => todo.list) ?? [],
        })
      }
      // One that was there before the query hears of the change before it.
      watch(list, note, { flush: 'sync' })
      const query = useQuery<Todo>(TODOS_OF_LIST, [list], options)
      for (const flush of ['sync', 'pre', 'post'] as const) {
        watch([query.data, query.isStale, query.isFetching, list], note, { flush })
      }
      return query
    })
    await waitFor(() => expect(titles(result.data.value)).toEqual(['milk', 'bread']))

    for (const next of [2, 1, 2]) {
      list.value = next
      await waitFor(() => expect(result.isFetching.value).toBe(false))
      await nextTick()
    }

    expect(seen.some(({ asked, lists }) => asked === 2 && lists.includes(2))).toBe(true)
    expect(seen.filter(({ isStale, asked, lists }) => !isStale && lists.some((l) => l !== asked))).toEqual([])
    expect(seen.some(({ isStale }) => isStale)).toBe(options.keepPrevious)
  },
)

test('an effect that changes parameters does not run again for what comes of them', async () => {
  const db = await openTodos()
  const route = ref(1)
  let runs = 0
  const { result } = setUpWith(db, () => {
    const list = ref(0)
    const query = useQuery<Todo>(TODOS_OF_LIST, [list])
    watchEffect(() => {
      runs += 1
      list.value = route.value
    })
    return query
  })
  await waitFor(() => expect(result.data.value).toHaveLength(2))
  await db.run('delete from todo where id = 1')
  expect(titles(result.data.value)).toEqual(['bread'])
  await nextTick()

  expect(runs).toBe(1)
  route.value = 2
  await waitFor(() => expect(titles(result.data.value)).toEqual(['paint']))
  expect(runs).toBe(2)
})

test('an effect may write and refetch without a loop', async () => {
  const db = await openTodos()
  let runs = 0
  const { result } = setUpWith(db, () => {
    const todos = useQuery<Todo>(TODOS)
    const visit = useMutation("insert into todo (list, title) values (7, 'seen')")
    watchEffect(() => {
      runs += 1
      visit.mutate()
      void todos.refetch()
    })
    return { todos, visit }
  })

  await waitFor(() => expect(result.visit.status.value).toBe('success'))
  await waitFor(() => expect(result.todos.data.value).toHaveLength(4))
  await db.run("update todo set title = 'rye' where id = 2")
  await nextTick()

  expect(runs).toBe(1)
  expect(result.todos.data.value).toHaveLength(4)
})
