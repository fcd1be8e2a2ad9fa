import { act, screen, waitFor } from '@testing-library/react'
import type { Database } from '@datasync/engine'
import { Component, startTransition, Suspense, useDeferredValue, useState, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useSuspenseQuery } from '../src/index.ts'
import { renderWatched } from './support/render.tsx'
import {
  createTodos,
  liveParameters,
  openTodos,
  totalRuns,
  TODOS,
  TODOS_OF_LIST,
  type Todo,
} from '@datasync/conformance'

function List({ list }: { readonly list: number }): ReactNode {
  const { data, isPending, isStale } = useSuspenseQuery<Todo>(TODOS_OF_LIST, [list])
  expect([isPending, isStale]).toEqual([false, false])
  expect(data.every((todo) => todo.list === list)).toBe(true)
  return <output>{data.map((todo) => todo.title).join(' ')}</output>
}

const waiting = <p>waiting</p>

test('suspends until the first result, then follows changes without suspending', async () => {
  const db = createTodos()
  const { texts } = await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <List list={1} />
    </Suspense>,
  )
  await screen.findByText('milk bread')

  await db.run("update todo set title = 'rye' where id = 2")

  expect(texts).toEqual(['waiting', 'milk bread', 'milk rye'])
  expect(totalRuns(db)).toBe(2)
})

test('works under StrictMode, with one live query, gone when the component is', async () => {
  const db = await openTodos()
  const { unmount } = await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <List list={1} />
    </Suspense>,
    { reactStrictMode: true },
  )
  await screen.findByText('milk bread')
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }])

  unmount()

  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
})

test('does not suspend on a result that is there', async () => {
  const db = await openTodos()
  await db.observe(TODOS_OF_LIST, [1]).load()

  const { texts } = await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <List list={1} />
    </Suspense>,
  )

  expect(texts).toEqual(['milk bread'])
})

test('a new key suspends anew, and leaves one live query', async () => {
  const db = await openTodos()
  const app = (list: number): ReactNode => (
    <Suspense fallback={waiting}>
      <List list={list} />
    </Suspense>
  )
  const { texts, rerender } = await renderWatched(db, app(1))
  await screen.findByText('milk bread')

  await rerender(app(2))
  await screen.findByText('paint')
  expect(texts).toEqual(['waiting', 'milk bread', 'waiting', 'paint'])

  await waitFor(() => expect(liveParameters(db)).toEqual([[2]]))
})

test('a transition to a new key keeps the old rows on screen', async () => {
  const db = await openTodos()
  let choose: (list: number) => void = () => undefined
  function App(): ReactNode {
    const [list, setList] = useState(1)
    choose = setList
    return (
      <Suspense fallback={waiting}>
        <List list={list} />
      </Suspense>
    )
  }
  const { texts } = await renderWatched(db, <App />)
  await screen.findByText('milk bread')

  await act(async () => startTransition(() => choose(2)))
  await screen.findByText('paint')

  expect(texts).toEqual(['waiting', 'milk bread', 'paint'])
})

test('a deferred key keeps the old rows on screen, though they change meanwhile', async () => {
  const db = await openTodos()
  function App({ list }: { readonly list: number }): ReactNode {
    const deferred = useDeferredValue(list)
    return (
      <Suspense fallback={waiting}>
        <List list={deferred} />
      </Suspense>
    )
  }
  const { texts, rerender } = await renderWatched(db, <App list={1} />)
  await screen.findByText('milk bread')

  await rerender(<App list={2} />)
  const written = db.run("update todo set title = title || '!'")
  await screen.findByText('paint!')
  await written

  expect(texts.filter((text) => text.includes('waiting'))).toEqual(['waiting'])
  expect(texts[0]).toBe('waiting')
})

test('components below one boundary share a run', async () => {
  const db = await openTodos()
  await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <List list={1} />
      <List list={1} />
    </Suspense>,
  )

  await waitFor(() => expect(screen.getAllByText('milk bread')).toHaveLength(2))

  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2, runs: 1 }])
})

test('selects', async () => {
  const db = await openTodos()
  function Count(): ReactNode {
    const { data } = useSuspenseQuery<Todo, number>(TODOS, [], { select: (todos) => todos.length })
    return <output>{data}</output>
  }
  await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <Count />
    </Suspense>,
  )

  await screen.findByText('3')
})

test('asks the database of its option rather than that of the provider', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  await other.run('delete from todo where id > 1')
  function Count(): ReactNode {
    return <output>{useSuspenseQuery<Todo>(TODOS, [], { database: other }).data.length}</output>
  }
  await renderWatched(
    provided,
    <Suspense fallback={waiting}>
      <Count />
    </Suspense>,
  )

  await screen.findByText('1')
})

test('selects nothing from rows that are there', async () => {
  const db = await openTodos()
  function Title({ id }: { readonly id: number }): ReactNode {
    const { data } = useSuspenseQuery<Todo, Todo | undefined>(TODOS, [], {
      select: (todos) => todos.find((todo) => todo.id === id),
    })
    return <output>{data?.title ?? 'no such todo'}</output>
  }
  const { texts } = await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <Title id={9} />
    </Suspense>,
  )

  await screen.findByText('no such todo')

  expect(texts).toEqual(['waiting', 'no such todo'])
})

test('throws the error of a first run to the boundary; after a refetch the boundary can be reset', async () => {
  const db = await openTodos()
  const caught: unknown[] = []
  await renderWatched(
    db,
    <Boundary db={db}>
      <Suspense fallback={waiting}>
        <Later />
      </Suspense>
    </Boundary>,
    { onCaughtError: (error) => void caught.push(error) },
  )
  await screen.findByRole('alert')
  expect(caught).toMatchObject([{ code: 'sql' }])

  await db.exec("create table later (note text); insert into later values ('here')")
  screen.getByRole('button').click()

  await screen.findByText('here')
})

test('keeps the rows of a query that fails later', async () => {
  const db = await openTodos()
  function WithError(): ReactNode {
    const { data, error, status } = useSuspenseQuery<Todo>(TODOS_OF_LIST, [2])
    return <output>{`${data[0]?.title} ${status} ${error?.code ?? 'no error'}`}</output>
  }
  await renderWatched(
    db,
    <Suspense fallback={waiting}>
      <WithError />
    </Suspense>,
  )
  await screen.findByText('paint success no error')

  await db.exec('alter table todo rename to hidden')

  await screen.findByText('paint error sql')
})

const LATER = 'select * from later'

function Later(): ReactNode {
  const { data } = useSuspenseQuery<{ note: string }>(LATER)
  return <output>{data[0]?.note}</output>
}

class Boundary extends Component<
  { readonly db: Database; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const retry = async () => {
      await this.props.db.observe(LATER).refetch()
      this.setState({ failed: false })
    }
    return (
      <p role="alert">
        <button type="button" onClick={() => void retry()}>
          Again
        </button>
      </p>
    )
  }
}
