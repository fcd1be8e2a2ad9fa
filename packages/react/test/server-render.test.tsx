import { watchGlobals } from '@datasync/conformance/watch-globals'
import { createDatabase, type Database } from '@datasync/engine'
import { createTestDatabase } from '@datasync/engine/testing'
import { Suspense, type ReactNode } from 'react'
import { renderToReadableStream, renderToString } from 'react-dom/server.browser'
import { expect, onTestFinished, test } from 'vitest'
import { DatabaseProvider, useDatabaseStatus, useMutation, useQuery, useSuspenseQuery } from '../src/index.ts'

function Page(): ReactNode {
  const { data, status, isFetching } = useQuery<{ title: string }>('select title from todo')
  const { phase } = useDatabaseStatus()
  const { status: mutation } = useMutation('delete from todo')
  return <p>{[status, String(isFetching), data?.length ?? 'none', phase, mutation].join(' ')}</p>
}

function openOnServer(): Database {
  const db = createDatabase(`server-${crypto.randomUUID()}`)
  onTestFinished(() => db.close())
  return db
}

function page(db: Database, content: ReactNode = <Page />): ReactNode {
  return <DatabaseProvider database={db}>{content}</DatabaseProvider>
}

test('a server renders a query as pending and touches nothing of a browser', () => {
  const touched = watchGlobals('Worker', 'navigator', 'indexedDB', 'BroadcastChannel')
  const db = openOnServer()

  const html = renderToString(page(db))

  expect(html).toBe('<p>pending true none idle idle</p>')
  expect(touched()).toEqual([])
  expect(db.status.getSnapshot().phase).toBe('idle')
})

test('a server renders the same with a database that is open and has the rows', async () => {
  const db = createTestDatabase({
    migrations: ["create table todo (title text); insert into todo values ('milk')"],
  })
  onTestFinished(() => db.close())
  await db.observe('select title from todo').load()

  expect(renderToString(page(db))).toBe('<p>pending true none idle idle</p>')
})

test('a server sends the fallback of a suspense query at once, and leaves the query to the browser', async () => {
  const db = openOnServer()
  const errors: unknown[] = []
  function Titles(): ReactNode {
    return <p>{useSuspenseQuery<{ title: string }>('select title from todo').data.length}</p>
  }

  const stream = await renderToReadableStream(
    page(
      db,
      <Suspense fallback={<p>waiting</p>}>
        <Titles />
      </Suspense>,
    ),
    { onError: (error) => void errors.push(error) },
  )
  const html = await new Response(stream).text()

  expect(html).toContain('<p>waiting</p>')
  expect(errors).toMatchObject([{ code: 'storage-unavailable' }])
})
