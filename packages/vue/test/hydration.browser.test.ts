import type { Database } from '@datasync/engine'
import { screen } from '@testing-library/vue'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp, h, Suspense, type App, type Component, type VNode } from 'vue'
import { expect, onTestFinished, test } from 'vitest'
import { dataSync, useDatabaseStatus, useMutation, useQuery } from '../src/index.ts'
import AsyncTodos from './support/async-todos.vue'
import { watchTexts } from './support/render.ts'
import { createTodos, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

const AsyncPage = (): VNode =>
  h('main', h(Suspense, null, { default: () => h(AsyncTodos, { list: 1 }), fallback: () => 'waiting' }))

const Page = {
  setup: () => {
    const { data } = useQuery<Todo>(TODOS)
    const { status } = useMutation('delete from todo')
    const health = useDatabaseStatus()
    return (): VNode =>
      h('p', `${titles(data.value)?.join(' ') ?? 'pending'} ${health.value.phase} ${status.value}`)
  },
}

function appOf(db: Database, page: Component): App {
  return createSSRApp(page).use(dataSync(db))
}

async function renderOnServer(page: Component): Promise<HTMLElement> {
  const db = createTodos()
  const container = document.createElement('div')
  container.innerHTML = await renderToString(appOf(db, page))
  document.body.append(container)
  expect(db.status.getSnapshot().phase).toBe('idle')
  expect(db.liveQueries.getSnapshot()).toEqual([])
  return container
}

/** Vue complains on the console about markup that differs, which fails the test. */
function hydrate(db: Database, page: Component, container: HTMLElement): void {
  const app = appOf(db, page)
  app.mount(container)
  onTestFinished(() => app.unmount())
}

test('a page that waits in setup was rendered as pending, and is taken over as that', async () => {
  const container = await renderOnServer(AsyncPage)
  expect(container.textContent).toBe('pending of ?')
  const [drawnByServer] = container.getElementsByTagName('p')
  const texts = watchTexts(container)

  hydrate(createTodos(), AsyncPage, container)

  expect(await screen.findByText('milk bread of 3')).toBe(drawnByServer)
  expect(texts).toEqual(['pending of ?', 'milk bread of 3'])
})

test('so is one whose rows are there already', async () => {
  const db = await openTodos()
  await db.observe(TODOS_OF_LIST, [1]).load()
  const container = await renderOnServer(AsyncPage)
  const [drawnByServer] = container.getElementsByTagName('p')

  hydrate(db, AsyncPage, container)

  expect(await screen.findByText('milk bread of 3')).toBe(drawnByServer)
})

test('a page whose database is open and whose rows are there is taken over, status and all', async () => {
  const db = await openTodos()
  await db.observe(TODOS).load()
  const container = await renderOnServer(Page)
  expect(container.textContent).toBe('pending idle idle')
  const texts = watchTexts(container)

  hydrate(db, Page, container)

  await screen.findByText('milk bread paint open idle')
  expect(texts).toEqual(['pending idle idle', 'milk bread paint open idle'])
})
