import { render, renderHook, screen, waitFor } from '@testing-library/react'
import { DataSyncError } from '@datasync/engine'
import { createElement, type ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import {
  DatabaseProvider,
  useDatabase,
  useDatabaseStatus,
  useMutation,
  useQuery,
  useSuspenseQuery,
} from '../src/index.ts'
import { renderWithHook } from './support/render.tsx'
import { createTodos, openTodos, TODOS, type Todo } from '@datasync/conformance'

test('useDatabase is the database of the nearest provider, or the one it is given', async () => {
  const [outer, inner] = [createTodos(), createTodos()]
  const seen: unknown[] = []
  function Probe({ own }: { readonly own?: typeof outer }): ReactNode {
    const database = useDatabase(own)
    seen.push(database)
    return null
  }
  render(
    <DatabaseProvider database={outer}>
      <Probe />
      <DatabaseProvider database={inner}>
        <Probe />
        <Probe own={outer} />
      </DatabaseProvider>
    </DatabaseProvider>,
  )

  expect(seen).toEqual([outer, inner, outer])
})

test('another database in the provider is another source of rows', async () => {
  const [first, second] = [await openTodos(), await openTodos()]
  await second.run('delete from todo where id > 1')
  function Count(): ReactNode {
    return <output>{useQuery<Todo>(TODOS).data?.length}</output>
  }
  const { rerender } = render(createElement(DatabaseProvider, { database: first }, <Count />))
  await screen.findByText('3')

  rerender(createElement(DatabaseProvider, { database: second }, <Count />))

  await screen.findByText('1')
  await waitFor(() => expect(first.liveQueries.getSnapshot()).toEqual([]))
})

test.each([
  ['useDatabase', () => useDatabase()],
  ['useQuery', () => useQuery(TODOS)],
  ['a useQuery that is turned off', () => useQuery(null)],
  ['useSuspenseQuery', () => useSuspenseQuery(TODOS)],
  ['useMutation', () => useMutation('delete from todo')],
  ['useDatabaseStatus', () => useDatabaseStatus()],
] as const)('%s without a provider tells the line to add', (_, useHook) => {
  // React repeats on the console what it throws.
  vi.mocked(console.error).mockImplementation(() => undefined)
  let thrown: unknown

  try {
    renderHook(() => useHook())
  } catch (error) {
    thrown = error
  }

  vi.mocked(console.error).mockClear()
  vi.mocked(console.warn).mockClear()
  expect(thrown).toBeInstanceOf(DataSyncError)
  expect(thrown).toMatchObject({ code: 'missing-provider' })
  expect(String(thrown)).toContain('<DatabaseProvider database={db}>')
})

test('useDatabaseStatus follows the database of its option rather than that of the provider', async () => {
  const other = await openTodos()
  const view = renderWithHook(createTodos(), () => useDatabaseStatus({ database: other }), undefined)

  await waitFor(() => expect(view.current().phase).toBe('open'))
})
