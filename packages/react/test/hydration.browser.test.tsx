import { screen } from '@testing-library/react'
import type { Database } from '@datasync/engine'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DatabaseProvider, useDatabaseStatus, useMutation, useQuery } from '../src/index.ts'
import { renderWith } from './support/render.tsx'
import { createTodos, openTodos, TODOS, type Todo } from '@datasync/conformance'

function Page({ initialData }: { readonly initialData?: readonly Todo[] }): ReactNode {
  const { data, isPending } = useQuery<Todo>(TODOS, [], initialData && { initialData })
  const { phase } = useDatabaseStatus()
  const { status } = useMutation('delete from todo')
  return (
    <>
      <output>{isPending ? 'pending' : data?.map((todo) => todo.title).join(' ')}</output>
      <p>{`${phase} ${status}`}</p>
    </>
  )
}

test('a page that a server rendered is taken over without a complaint, then shows the rows', async () => {
  const db = createTodos()
  const container = renderOnServer(createTodos(), <Page />)
  expect(container.textContent).toBe('pendingidle idle')

  const recovered = hydrate(db, <Page />, container)

  await screen.findByText('milk bread paint')
  await screen.findByText('open idle')
  expect(recovered).toEqual([])
})

test('so is a page whose database is open and whose rows are there already', async () => {
  const db = await openTodos()
  await db.observe(TODOS).load()
  const container = renderOnServer(createTodos(), <Page />)

  const recovered = hydrate(db, <Page />, container)

  await screen.findByText('milk bread paint')
  expect(recovered).toEqual([])
})

function renderOnServer(db: Database, page: ReactNode): HTMLElement {
  const container = document.createElement('div')
  container.innerHTML = renderToString(<DatabaseProvider database={db}>{page}</DatabaseProvider>)
  document.body.append(container)
  expect(db.status.getSnapshot().phase).toBe('idle')
  return container
}

/** The errors that React recovered from by rendering anew: a mismatch is one. */
function hydrate(db: Database, page: ReactNode, container: HTMLElement): readonly unknown[] {
  const recovered: unknown[] = []
  renderWith(db, page, {
    container,
    hydrate: true,
    onRecoverableError: (error) => void recovered.push(error),
  })
  return recovered
}
