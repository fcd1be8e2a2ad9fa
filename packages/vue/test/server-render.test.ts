import { watchGlobals } from '@datasync/conformance/watch-globals'
import { createDatabase, type Database } from '@datasync/engine'
import { createTestDatabase } from '@datasync/engine/testing'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp, effectScope, h, type Component, type VNode } from 'vue'
import { expect, onTestFinished, test } from 'vitest'
import { dataSync, useDatabaseStatus, useMutation, useQuery } from '../src/index.ts'

interface Title {
  readonly title: string
}

const TITLES = 'select title from todo'

const Page = {
  setup: () => {
    const { data, status, isFetching } = useQuery<Title>(TITLES)
    const health = useDatabaseStatus()
    const { status: mutation } = useMutation('delete from todo')
    return (): VNode =>
      h(
        'p',
        `${status.value} ${isFetching.value} ${data.value?.length ?? 'none'} ${health.value.phase} ${mutation.value}`,
      )
  },
}

const AsyncPage = {
  setup: async () => {
    const { data, status } = await useQuery<Title>(TITLES)
    return (): VNode => h('p', `${status.value} ${data.value?.length ?? 'none'}`)
  },
}

function openOnServer(): Database {
  const db = createDatabase(`server-${crypto.randomUUID()}`)
  onTestFinished(() => db.close())
  return db
}

function render(db: Database, page: Component): Promise<string> {
  return renderToString(createSSRApp(page).use(dataSync(db)))
}

test.each([
  ['a query', Page, '<p>pending true none idle idle</p>'],
  ['a query that is awaited', AsyncPage, '<p>pending none</p>'],
])('a server renders %s as pending and touches nothing of a browser', async (_, page, expected) => {
  const touched = watchGlobals('Worker', 'navigator', 'indexedDB', 'BroadcastChannel')
  const db = openOnServer()

  const html = await render(db, page)

  expect(html).toBe(expected)
  expect(touched()).toEqual([])
  expect(db.status.getSnapshot().phase).toBe('idle')
  expect(db.liveQueries.getSnapshot()).toEqual([])
})

test('a server renders the same with a database that is open and has the rows', async () => {
  const db = createTestDatabase({
    migrations: ["create table todo (title text); insert into todo values ('milk')"],
  })
  onTestFinished(() => db.close())
  await db.observe(TITLES).load()

  expect(await render(db, Page)).toBe('<p>pending true none idle idle</p>')
  expect(await render(db, AsyncPage)).toBe('<p>pending none</p>')
})

test('a server renders the rows that it was given', async () => {
  const html = await render(openOnServer(), {
    setup: () => {
      const { data } = useQuery<Title>(TITLES, [], { initialData: [{ title: 'milk' }] })
      return (): VNode =>
        h(
          'p',
          data.value?.map(({ title }) => title),
        )
    },
  })

  expect(html).toBe('<p>milk</p>')
})

test('a store that is set up while a server renders asks nothing either', async () => {
  const db = openOnServer()
  const scope = effectScope(true)
  const html = await render(db, {
    setup: () => {
      const query = scope.run(() => useQuery<Title>(TITLES))
      return (): VNode => h('p', query?.status.value)
    },
  })

  expect(html).toBe('<p>pending</p>')
  expect(db.status.getSnapshot().phase).toBe('idle')
})
