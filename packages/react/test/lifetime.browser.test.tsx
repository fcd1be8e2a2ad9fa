import { screen, waitFor } from '@testing-library/react'
import { createDatabase } from '@datasync/engine'
import { Activity, Suspense, useEffect, useState, type ReactNode } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DatabaseProvider, useQuery, useSuspenseQuery } from '../src/index.ts'
import { renderWatched, renderWith } from './support/render.tsx'
import { createTodos, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

function Titles(): ReactNode {
  const { data = [] } = useQuery<Todo>(TODOS)
  return <output>{data.map((todo) => todo.title).join(' ')}</output>
}

test('a database that is made in a component of StrictMode has one worker', async () => {
  const workers: Worker[] = []
  const RealWorker = Worker
  vi.stubGlobal(
    'Worker',
    class extends RealWorker {
      constructor(...parameters: ConstructorParameters<typeof Worker>) {
        super(...parameters)
        workers.push(this)
      }
    },
  )
  onTestFinished(() => void vi.unstubAllGlobals())
  const name = `react-${crypto.randomUUID()}`
  onTestFinished(() => createDatabase(name, { storage: 'memory' }).close())
  function App(): ReactNode {
    const [db] = useState(() => createDatabase(name, { storage: 'memory' }))
    return (
      <DatabaseProvider database={db}>
        <Answer />
      </DatabaseProvider>
    )
  }
  function Answer(): ReactNode {
    const { data } = useQuery<{ answer: number }>('select 6 * 7 as answer')
    return <output>{data?.[0]?.answer}</output>
  }

  renderWith(createTodos(), <App />, { reactStrictMode: true })

  await screen.findByText('42')
  expect(workers).toHaveLength(1)
})

test('an Activity comes back to the live query that another component has kept or made', async () => {
  const db = await openTodos()
  const app = (mode: 'visible' | 'hidden', other: boolean): ReactNode => (
    <>
      <Activity mode={mode}>
        <Titles />
      </Activity>
      {other && <Titles />}
    </>
  )
  const { rerender } = renderWith(db, app('visible', false))
  await screen.findByText('milk bread paint')

  rerender(app('hidden', false))
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  rerender(app('hidden', true))
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }]))
  rerender(app('visible', true))

  await waitFor(() => expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2 }]))
  await db.run("update todo set title = 'rye' where id = 2")
  expect(screen.getAllByText('milk rye paint')).toHaveLength(2)
})

test('an Activity that keeps previous rows is never empty on its return', async () => {
  const db = await openTodos()
  function Kept(): ReactNode {
    const { data = [], isStale } = useQuery<Todo>(TODOS, [], { keepPrevious: true })
    return <output>{data.map((todo) => todo.title).join(' ') + (isStale ? '?' : '')}</output>
  }
  const app = (mode: 'visible' | 'hidden'): ReactNode => (
    <Activity mode={mode}>
      <Kept />
    </Activity>
  )
  const { texts, rerender } = await renderWatched(db, app('visible'))
  await screen.findByText('milk bread paint')

  await rerender(app('hidden'))
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  await db.run("update todo set title = 'rye' where id = 2")
  await rerender(app('visible'))

  await screen.findByText('milk rye paint')
  expect(texts).toEqual(['', 'milk bread paint', '', 'milk bread paint?', 'milk rye paint'])
})

test('nor is one whose parameters have changed meanwhile', async () => {
  const db = await openTodos()
  const texts: string[] = []
  function Kept({ list }: { readonly list: number }): ReactNode {
    const { data, isStale } = useQuery<Todo>(TODOS_OF_LIST, [list], { keepPrevious: true })
    const text = `${titles(data)?.join(' ') ?? 'empty'}${isStale ? '?' : ''}`
    useEffect(() => void texts.push(text), [text])
    return <output>{text}</output>
  }
  const app = (mode: 'visible' | 'hidden', list: number): ReactNode => (
    <Activity mode={mode}>
      <Kept list={list} />
    </Activity>
  )
  const { rerender } = renderWith(db, app('visible', 1))
  await screen.findByText('milk bread')

  rerender(app('hidden', 1))
  await waitFor(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
  rerender(app('hidden', 2))
  rerender(app('visible', 2))
  await screen.findByText('paint')

  expect(texts).toEqual(['empty', 'milk bread', 'milk bread?', 'paint'])
})

test('an Activity that was never shown reads ahead what it suspends on', async () => {
  const db = await openTodos()
  function Suspending(): ReactNode {
    return (
      <output>
        {useSuspenseQuery<Todo>(TODOS)
          .data.map((todo) => todo.title)
          .join(' ')}
      </output>
    )
  }
  const app = (mode: 'visible' | 'hidden'): ReactNode => (
    <Activity mode={mode}>
      <Suspense fallback="waiting">
        <Suspending />
      </Suspense>
    </Activity>
  )
  const { texts, rerender } = await renderWatched(db, app('hidden'))
  await screen.findByText('milk bread paint')
  expect(texts.join('')).toBe('')

  await db.run("update todo set title = 'rye' where id = 2")
  await rerender(app('visible'))

  await screen.findByText('milk rye paint')
})
