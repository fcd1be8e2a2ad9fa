import { sql } from '@datasync/engine'
import { waitFor } from '@testing-library/vue'
import { computed, reactive, ref, type Ref } from 'vue'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import { setUpWith } from './support/render.ts'
import {
  liveParameters,
  openTodos,
  titles,
  totalRuns,
  TODOS,
  TODOS_OF_LIST,
  type Todo,
} from '@datasync/conformance'

const BY_NAME = 'select * from todo where list = :list and done = :done order by id'

const INPUTS: Readonly<Record<string, (list: Ref<number>) => ReturnType<typeof useQuery<Todo>>>> = {
  'a ref in the array': (list) => useQuery(TODOS_OF_LIST, [list]),
  'a getter in the array': (list) => useQuery(TODOS_OF_LIST, [() => list.value]),
  'a computed in the array': (list) => useQuery(TODOS_OF_LIST, [computed(() => list.value)]),
  'a getter of the array': (list) => useQuery(TODOS_OF_LIST, () => [list.value]),
  'a computed array': (list) =>
    useQuery(
      TODOS_OF_LIST,
      computed(() => [list.value]),
    ),
  'a getter of an array of refs': (list) => useQuery(TODOS_OF_LIST, () => [list]),
  'a ref in the named object': (list) => useQuery(BY_NAME, { list, done: false }),
  'a getter in the named object': (list) => useQuery(BY_NAME, { list: () => list.value, done: ref(0) }),
  'a getter of the named object': (list) => useQuery(BY_NAME, () => ({ list: list.value, done: 0 })),
  'a reactive object': (list) => useQuery(BY_NAME, reactive({ list, done: 0 })),
  'a getter of the statement': (list) =>
    useQuery(() => sql<Todo>`select * from todo where list = ${list.value} order by id`),
  'a computed statement': (list) =>
    useQuery(computed(() => ({ sql: TODOS_OF_LIST, parameters: [list.value] }))),
}

test.each(Object.entries(INPUTS))('%s is followed', async (_, useInput) => {
  const db = await openTodos()
  const list = ref(1)
  const { result } = setUpWith(db, () => useInput(list))
  await waitFor(() => expect(titles(result.data.value)).toEqual(['milk', 'bread']))

  list.value = 2

  expect(result.data.value).toBeUndefined()
  await waitFor(() => expect(titles(result.data.value)).toEqual(['paint']))
})

test('plain values are what they were', async () => {
  const db = await openTodos()
  const { result } = setUpWith(db, () => [
    useQuery<Todo>(TODOS_OF_LIST, [1]),
    useQuery<Todo>(BY_NAME, { list: 2, done: 0 }),
    useQuery<Todo>(sql`select * from todo where id = ${3}`),
  ])

  await waitFor(() => expect(result.map(({ data }) => data.value?.length)).toEqual([2, 1, 1]))
})

test('what changes to something equal asks nothing anew', async () => {
  const db = await openTodos()
  const list = ref(1)
  const { result } = setUpWith(db, () =>
    useQuery<Todo>(TODOS_OF_LIST, [() => Math.abs(list.value)], () => ({ enabled: list.value !== 0 })),
  )
  await waitFor(() => expect(result.data.value).toHaveLength(2))
  const { value } = result.data

  list.value = -1

  expect(result.data.value).toBe(value)
  expect(totalRuns(db)).toBe(1)
})

test('another query is asked at the moment that its parameters change', async () => {
  const db = await openTodos()
  const list = ref(1)
  const { result } = setUpWith(db, () => useQuery<Todo>(TODOS_OF_LIST, [list]))
  await waitFor(() => expect(result.data.value).toHaveLength(2))

  list.value = 2

  expect(db.liveQueries.getSnapshot()).toMatchObject([
    { subscribers: 0 },
    { parameters: [2], subscribers: 1 },
  ])
})

test.each([
  ['a ref', (enabled: Ref<boolean>) => ({ enabled })],
  ['a getter', (enabled: Ref<boolean>) => ({ enabled: () => enabled.value })],
  ['a getter of the options', (enabled: Ref<boolean>) => () => ({ enabled: enabled.value })],
  ['a computed of the options', (enabled: Ref<boolean>) => computed(() => ({ enabled }))],
])('enabled may be %s', async (_, toOptions) => {
  const db = await openTodos()
  const enabled = ref(false)
  const { result } = setUpWith(db, () => useQuery<Todo>(TODOS, [], toOptions(enabled)))
  expect([result.isPending.value, result.isFetching.value]).toEqual([true, false])
  expect(liveParameters(db)).toEqual([])

  enabled.value = true
  expect(result.isFetching.value).toBe(true)
  await waitFor(() => expect(result.data.value).toHaveLength(3))

  enabled.value = false
  expect(result.data.value).toBeUndefined()
  await waitFor(() => expect(liveParameters(db)).toEqual([]))
})

test('a select that reads a ref follows it, without another run', async () => {
  const db = await openTodos()
  const search = ref('m')
  const { result } = setUpWith(db, () =>
    useQuery<Todo>(TODOS, undefined, {
      select: (todos) => todos.filter(({ title }) => title.startsWith(search.value)),
    }),
  )
  await waitFor(() => expect(titles(result.data.value)).toEqual(['milk']))

  search.value = 'b'
  expect(titles(result.data.value)).toEqual(['bread'])

  await db.run("update todo set title = 'beer' where id = 3")
  expect(titles(result.data.value)).toEqual(['bread', 'beer'])
  search.value = 'm'
  expect(titles(result.data.value)).toEqual(['milk'])
  expect(totalRuns(db)).toBe(2)
})

test('the database of the options is followed, to another one and back to that of the app', async () => {
  const [db, other] = [await openTodos(), await openTodos()]
  await other.run('delete from todo where id > 1')
  const isOther = ref(true)
  const { result } = setUpWith(db, () =>
    useQuery<Todo>(TODOS, [], () => (isOther.value ? { database: other } : {})),
  )
  await waitFor(() => expect(titles(result.data.value)).toEqual(['milk']))

  isOther.value = false

  await waitFor(() => expect(result.data.value).toHaveLength(3))
  await waitFor(() => expect(other.liveQueries.getSnapshot()).toEqual([]))
})
