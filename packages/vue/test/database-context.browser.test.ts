import { DataSyncError, type Database } from '@datasync/engine'
import { render, screen, waitFor } from '@testing-library/vue'
import { defineComponent, h, type VNode } from 'vue'
import { expect, test, vi } from 'vitest'
import { provideDatabase, useDatabase, useDatabaseStatus, useMutation, useQuery } from '../src/index.ts'
import { renderWith, setUpWith } from './support/render.ts'
import { createTodos, openTodos, TODOS, type Todo } from '@datasync/conformance'

const Count = defineComponent({
  setup: () => {
    const { data } = useQuery<Todo>(TODOS)
    return (): VNode => h('p', `${data.value?.length} todos`)
  },
})

/** Calls without an app that has a database, and gives what was thrown. */
function thrownBy(work: () => unknown): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}

test('useDatabase is the database of the app, of the nearest component that provides one, or its own', () => {
  const [db, nearer] = [createTodos(), createTodos()]
  const seen: Database[] = []
  const Probe = {
    setup: () => {
      seen.push(useDatabase(), useDatabase(db))
      return () => null
    },
  }
  renderWith(db, {
    setup: () => {
      provideDatabase(nearer)
      // Vue gives a component nothing of what it provides itself.
      seen.push(useDatabase(), useDatabase(nearer))
      return () => h(Probe)
    },
  })

  expect(seen).toEqual([db, nearer, nearer, db])
})

test('a subtree below provideDatabase asks that database, and the rest the one of the app', async () => {
  const [db, nearer] = [await openTodos(), await openTodos()]
  await nearer.run('delete from todo where id > 1')
  const Subtree = {
    setup: () => {
      provideDatabase(nearer)
      return () => h(Count)
    },
  }

  renderWith(db, () => [h(Count), h(Subtree)])

  await screen.findByText('3 todos')
  await screen.findByText('1 todos')
})

test('two apps on a page have a database each', async () => {
  const [first, second] = [await openTodos(), await openTodos()]
  await second.run('delete from todo where id > 1')

  renderWith(first, Count)
  renderWith(second, Count)

  await screen.findByText('3 todos')
  await screen.findByText('1 todos')
})

const CALLS: Readonly<Record<string, () => unknown>> = {
  useDatabase: () => useDatabase(),
  useQuery: () => useQuery(TODOS),
  'a useQuery that is turned off': () => useQuery(null),
  useMutation: () => useMutation('delete from todo'),
  useDatabaseStatus: () => useDatabaseStatus(),
}

test.each(Object.entries(CALLS))('%s outside of a setup tells the line to add, and no more', (_, call) => {
  const thrown = thrownBy(call)

  expect(thrown).toBeInstanceOf(DataSyncError)
  expect(thrown).toMatchObject({ code: 'missing-provider' })
  expect(String(thrown)).toContain('app.use(dataSync(db))')
})

test.each(Object.entries(CALLS))('%s in an app without a database tells the same', (_, call) => {
  // Vue repeats on the console what a component throws.
  vi.mocked(console.warn).mockImplementation(() => undefined)

  const thrown = thrownBy(() => render({ setup: call, render: () => null }))

  vi.mocked(console.warn).mockClear()
  expect(thrown).toBeInstanceOf(DataSyncError)
  expect(thrown).toMatchObject({ code: 'missing-provider' })
})

test('useDatabaseStatus is a ref that follows the database of its option', async () => {
  const other = createTodos()
  const { result: status } = setUpWith(createTodos(), () => useDatabaseStatus({ database: other }))
  expect(status.value).toMatchObject({ phase: 'idle', error: undefined, storage: undefined })

  await other.ready
  await waitFor(() =>
    expect(status.value).toMatchObject({ phase: 'open', storage: { backend: 'memory', durable: false } }),
  )
  await other.close()
  expect(status.value.phase).toBe('closed')
})
