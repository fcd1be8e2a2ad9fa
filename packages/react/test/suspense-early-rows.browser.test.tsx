import { act, screen, waitFor } from '@testing-library/react'
import { createTodos, SCHEMA, TODOS, type Todo } from '@datasync/conformance'
import { createDatabase, type Database } from '@datasync/engine'
import { dehydrate, type DehydratedState } from '@datasync/engine/hydration'
import { expect, onTestFinished, test } from 'vitest'
import { commands } from 'vitest/browser'
import { HydrationBoundary } from '../src/index.ts'
import { renderWatched, type WatchedRender } from './support/render.tsx'
import { SuspensePage } from './support/suspense-page.tsx'

const ROWS: readonly Todo[] = [
  { id: 1, list: 1, title: 'milk', done: 0 },
  { id: 2, list: 1, title: 'butter', done: 0 },
]

test('rows of a server are drawn there and taken over, without suspending, and replaced by live ones', async () => {
  const state = dehydrate([{ statement: TODOS, rows: ROWS }])
  const { texts, recovered, drawn } = await hydratePage(createTodos(), state)
  expect(drawn).toBe('stale: milk butter')

  await screen.findByText('live: milk bread paint')

  expect(texts).toEqual(['stale: milk butter', 'live: milk bread paint'])
  expect(recovered).toEqual([])
})

test('without rows a server sends the fallback, and the browser asks', async () => {
  const { texts, drawn } = await hydratePage(createTodos(), undefined)
  expect(drawn).toBe('waiting')

  await screen.findByText('live: milk bread paint')

  expect(texts).toEqual(['waiting', 'live: milk bread paint'])
})

test('rows of the last visit are there without suspending, and are followed by live ones', async () => {
  const name = `visited-${crypto.randomUUID()}`
  onTestFinished(() => open(name).delete())
  const first = open(name)
  const { unmount } = await renderWatched(first, <SuspensePage statement={TODOS} persist />)
  await screen.findByText('live: milk bread paint')
  await waitFor(() => expect(localStorage.getItem(`datasync-rows:${name}`)).toContain('paint'))
  unmount()
  await first.close()

  const db = open(name)
  const { texts } = await renderWatched(db, <SuspensePage statement={TODOS} persist />)
  await screen.findByText('live: milk bread paint')
  await act(async () => db.run('delete from todo where id = 1'))
  await screen.findByText('live: bread paint')

  expect(texts).toEqual(['stale: milk bread paint', 'live: milk bread paint', 'live: bread paint'])
})

interface HydratedPage extends WatchedRender {
  /** What the server had drawn. */
  readonly drawn: string | null
  /** What React has drawn anew since it did not fit. */
  readonly recovered: readonly unknown[]
}

async function hydratePage(db: Database, state: DehydratedState | undefined): Promise<HydratedPage> {
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = await commands.renderOnServer(
    'test/support/render-suspense-page.tsx',
    { statement: TODOS },
    state,
  )
  const drawn = container.textContent
  const recovered: unknown[] = []
  const page = (
    <HydrationBoundary state={state}>
      <SuspensePage statement={TODOS} />
    </HydrationBoundary>
  )
  const watched = await renderWatched(db, page, {
    container,
    hydrate: true,
    onRecoverableError: (error) => void recovered.push(error),
  })
  return { ...watched, drawn, recovered }
}

function open(name: string): Database {
  const db = createDatabase(name, { storage: 'indexeddb', migrations: [SCHEMA] })
  onTestFinished(() => db.close())
  return db
}
