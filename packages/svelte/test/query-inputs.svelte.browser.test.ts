import { liveParameters, openTodos, TODOS, TODOS_OF_LIST, totalRuns, type Todo } from '@datasync/conformance'
import { sql, type Database } from '@datasync/engine'
import { screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { createQuery } from '../src/index.ts'
import TodoList from './components/todo-list.svelte'
import { eventually } from './support/eventually.ts'
import { renderProbe, renderWith } from './support/render.ts'
import { textOf } from './support/text-of.ts'

test('a component follows its props, and leaves no live query behind', async () => {
  const db = await openTodos()
  const view = renderWith(db, TodoList, { list: 1 })
  await screen.findByText('2: milk bread')

  await view.setProps({ list: 2 })
  await screen.findByText('1: paint')
  await eventually(() => expect(liveParameters(db)).toEqual([[2]]))

  view.unmount()
  await eventually(() => expect(liveParameters(db)).toEqual([]))
})

test('a statement, parameters and options may be functions that read state', async () => {
  const db = await openTodos()
  let order = $state('id')
  let list = $state(1)
  let enabled = $state(false)
  renderProbe(
    db,
    () =>
      createQuery<Todo>(
        () => `select * from todo where list = ? order by ${order}`,
        () => [list],
        () => ({ enabled }),
      ),
    textOf,
  )
  await screen.findByText('pending')
  expect(liveParameters(db)).toEqual([])

  enabled = true
  await screen.findByText('milk bread')
  order = 'title'
  await screen.findByText('bread milk')
  list = 2
  await screen.findByText('paint')
  enabled = false
  await screen.findByText('pending')
  await eventually(() => expect(liveParameters(db)).toEqual([]))
})

test('a tag that reads state is followed, and may turn into nothing', async () => {
  const db = await openTodos()
  let list = $state<number | undefined>(1)
  renderProbe(
    db,
    () => createQuery(() => list !== undefined && sql<Todo>`select * from todo where list = ${list}`),
    textOf,
  )
  await screen.findByText('milk bread')

  list = undefined

  await screen.findByText('pending')
})

test('parameters may be state that is changed in place', async () => {
  const db = await openTodos()
  const positional = $state([1])
  const named = $state({ id: 1 })
  renderProbe(
    db,
    () => [
      createQuery<Todo>(TODOS_OF_LIST, positional),
      createQuery<Todo>('select * from todo where id = :id', () => named),
    ],
    (queries) => queries.map(textOf).join(', '),
  )
  await screen.findByText('milk bread, milk')

  positional[0] = 2
  named.id = 2

  await screen.findByText('paint, bread')
})

test('the database of the options may change, and is that of the provider if there is none', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  await other.run('delete from todo where id > 1')
  let database = $state.raw<Database | undefined>(other)
  renderProbe(provided, () => createQuery<Todo>(TODOS, [], () => ({ database })), textOf)
  await screen.findByText('milk')

  database = undefined

  await screen.findByText('milk bread paint')
  await eventually(() => expect(liveParameters(other)).toEqual([]))
})

test('what select reads of state is followed, without another run', async () => {
  const db = await openTodos()
  let list = $state(1)
  renderProbe(
    db,
    () =>
      createQuery(sql<Todo>`select * from todo order by id`, undefined, {
        select: (todos) => todos.filter((todo) => todo.list === list),
      }),
    textOf,
  )
  await screen.findByText('milk bread')

  list = 2

  await screen.findByText('paint')
  expect(totalRuns(db)).toBe(1)
})
