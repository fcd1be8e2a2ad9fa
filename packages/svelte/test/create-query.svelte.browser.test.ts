import {
  createTodos,
  liveParameters,
  openTodos,
  titles,
  TODOS,
  TODOS_OF_LIST,
  type Todo,
} from '@datasync/conformance'
import { screen } from '@testing-library/svelte'
import { flushSync, tick, untrack } from 'svelte'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabaseStatus, createQuery } from '../src/index.ts'
import Awaited from './components/awaited.svelte'
import TwoReaders from './components/two-readers.svelte'
import { eventually } from './support/eventually.ts'
import { renderProbe, renderWith } from './support/render.ts'
import { textOf } from './support/text-of.ts'

test('a query runs while something reads it: between two times it forgets its rows', async () => {
  const db = await openTodos()
  const seen: string[] = []
  const view = renderProbe(
    db,
    () => createQuery<Todo>(TODOS),
    (query) => {
      const text = textOf(query)
      seen.push(text)
      return text
    },
  )
  await screen.findByText('milk bread paint')
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }])

  await view.setVisible(false)
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run("update todo set title = 'rye' where id = 2")
  await view.setVisible(true)

  await screen.findByText('milk rye paint')
  expect(seen).toEqual(['pending', 'milk bread paint', 'pending', 'milk rye paint'])
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }])
})

test('what others have read meanwhile is there at once', async () => {
  const db = await openTodos()
  const query = createQuery<Todo>(TODOS, [], { database: db })
  expect(query.isPending).toBe(true)
  await db.observe(TODOS).load()
  const seen: unknown[] = []

  const stop = $effect.root(() => {
    $effect(() => void seen.push(titles(query.data)))
  })
  onTestFinished(stop)
  flushSync()

  expect(seen).toEqual([['milk', 'bread', 'paint']])
})

test('of two that read one query, each goes on when the other goes', async () => {
  const db = await openTodos()
  const view = renderWith(db, TwoReaders, { first: true, second: true })
  await screen.findByText('first milk bread paint')
  await screen.findByText('second milk bread paint')
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }])

  await view.setProps({ first: false, second: true })
  await db.run("update todo set title = 'rye' where id = 2")
  await screen.findByText('second milk rye paint')

  await view.setProps({ first: true, second: false })
  await screen.findByText('first milk rye paint')
  await db.run("update todo set title = 'naan' where id = 2")
  await screen.findByText('first milk naan paint')

  await view.setProps({ first: false, second: false })
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run("update todo set title = 'roll' where id = 2")
  await view.setProps({ first: false, second: true })
  await screen.findByText('second milk roll paint')
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }])
})

test('a read in an event handler gives what is known now, and subscribes to nothing', async () => {
  const db = await openTodos()
  const observer = db.observe<Todo>(TODOS)
  const query = createQuery<Todo>(TODOS, [], { database: db })
  expect(query).toMatchObject({ status: 'pending', isPending: true, isFetching: true, data: undefined })

  await observer.load()
  expect(titles(query.data)).toEqual(['milk', 'bread', 'paint'])
  await db.run('delete from todo where id = 1')
  expect(titles(query.data)).toEqual(['bread', 'paint'])
  expect(untrack(() => query.data)).toBe(observer.getSnapshot().data)

  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 0 }])
})

test('an effect root outside of any component works, and ends the query when it ends', async () => {
  const db = await openTodos()
  let list = $state(1)
  const query = createQuery<Todo>(TODOS_OF_LIST, () => [list], { database: db })
  const seen: unknown[] = []
  const stop = $effect.root(() => {
    $effect(() => {
      if (!query.isPending) seen.push(titles(query.data))
    })
  })
  await eventually(() => expect(seen).toEqual([['milk', 'bread']]))

  await db.run("update todo set title = 'rye' where id = 2")
  list = 2
  await eventually(() => expect(seen).toEqual([['milk', 'bread'], ['milk', 'rye'], ['paint']]))
  await eventually(() => expect(liveParameters(db)).toEqual([[2]]))

  stop()
  await eventually(() => expect(liveParameters(db)).toEqual([]))
})

test('what reads the rows does not run again for a field that it does not read', async () => {
  const db = await openTodos()
  const query = createQuery<Todo>(TODOS, [], { database: db })
  const runs = { data: 0, isFetching: 0 }
  const stop = $effect.root(() => {
    $effect(() => {
      void query.data
      runs.data += 1
    })
    $effect(() => {
      void query.isFetching
      runs.isFetching += 1
    })
  })
  onTestFinished(stop)
  await eventually(() => expect(query.data).toHaveLength(3))
  flushSync()
  const before = { ...runs }

  const refetched = query.refetch()
  await tick()
  await refetched
  await tick()

  expect(query.isFetching).toBe(false)
  expect(runs).toEqual({ data: before.data, isFetching: before.isFetching + 2 })
})

test('an effect that fetches again does not depend on what it fetches', async () => {
  const db = await openTodos()
  let list = $state(1)
  let runs = 0
  const query = createQuery<Todo>(TODOS_OF_LIST, () => [list], { database: db })
  const stop = $effect.root(() => {
    $effect(() => {
      runs += 1
      void query.refetch()
    })
  })
  onTestFinished(stop)
  flushSync()

  list = 2
  flushSync()

  expect(runs).toBe(1)
})

test('refetch works on its own, and settles when the result is there', async () => {
  const db = await openTodos()
  const { refetch } = createQuery<Todo>(TODOS, [], { database: db })

  await refetch()

  expect(db.observe(TODOS).getSnapshot()).toMatchObject({ status: 'success', isFetching: false })
})

test('rows are those of the engine, and nothing that state made of them', async () => {
  const db = await openTodos()
  const { value } = renderProbe(db, () => createQuery<Todo>(TODOS), textOf)
  await screen.findByText('milk bread paint')

  const { data } = db.observe<Todo>(TODOS).getSnapshot()
  expect(value.data).toBe(data)
  expect(value.data?.[0]).toBe(data?.[0])
  expect(() => structuredClone(value.data)).not.toThrow()
})

test('a template can wait for a query, though that opens a database whose status is on the page', async () => {
  const db = createTodos()
  renderProbe(
    db,
    () => createDatabaseStatus(),
    ({ phase }) => `the database is ${phase}`,
  )
  await screen.findByText('the database is idle')
  const view = renderWith(db, Awaited, { statement: TODOS })
  await screen.findByText('waiting')
  await screen.findByText('milk bread paint')
  await screen.findByText('open')
  await screen.findByText('the database is open')
  await db.run("update todo set title = 'rye' where id = 2")
  await screen.findByText('milk rye paint')

  await view.setProps({ statement: 'select * from nowhere' })
  await screen.findByText('sql')

  await view.setProps({ statement: 'select * from todo where list = 2' })
  await screen.findByText('paint')
})

test('a template that waits keeps its query alive, though it reads nothing else', async () => {
  const db = await openTodos()
  const { unmount } = renderProbe(
    db,
    () => createQuery<Todo>(TODOS),
    (query) => typeof query.ready,
  )
  await eventually(() => expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }]))

  unmount()
  await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('ready is there at once where nothing is asked, and settles on an error', async () => {
  const database = await openTodos()

  await expect(createQuery(null, [], { database }).ready).resolves.toBeUndefined()
  await expect(createQuery('select * from nowhere', [], { database }).ready).resolves.toBeUndefined()
})
