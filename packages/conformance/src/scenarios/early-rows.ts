import { expect, onTestFinished } from 'vitest'
import { createDatabase, type Database } from '@datasync/engine'
import { dehydrate } from '@datasync/engine/hydration'
import type { QueryProps } from '../driver.ts'
import { renderOnServer } from '../render-on-server.ts'
import { eventually, type Scenarios, type Shown, type Stage } from '../stage.ts'
import { createTodos, SCHEMA, titles, TODOS, type Todo } from '../todos.ts'
import { textOf } from '../view.ts'

const MILK: Todo = { id: 1, list: 1, title: 'milk', done: 0 }
const BUTTER: Todo = { id: 2, list: 1, title: 'butter', done: 0 }

const KEPT: QueryProps = { statement: TODOS, options: { persist: true } }

export const earlyRows: Scenarios = {
  'of a server are drawn there, taken over without a complaint, and replaced by live ones': async (stage) => {
    const state = dehydrate([{ statement: TODOS, rows: [MILK, BUTTER] }])
    const container = await renderOnServer(stage.serverModule, { statement: TODOS }, state)
    expect(textOf(container)).toBe('milk butter')
    const [item] = container.querySelectorAll('li')

    const view = await stage.hydrate(createTodos(), { statement: TODOS }, container, state)

    await view.shows('milk bread paint')
    expect(view.container.querySelector('li')).toBe(item)
    expectToHaveBeenStaleFirst(view, ['milk', 'butter'])
  },

  'of a server that are the same as the live ones stay the same objects': async (stage) => {
    const bread: Todo = { ...BUTTER, title: 'bread' }
    const paint: Todo = { id: 3, list: 2, title: 'paint', done: 0 }
    const state = dehydrate([{ statement: TODOS, rows: [MILK, bread, paint] }])
    const container = await renderOnServer(stage.serverModule, { statement: TODOS }, state)

    const view = await stage.hydrate(createTodos(), { statement: TODOS }, container, state)

    await stage.apply(() => eventually(() => expect(view.current().isStale).toBe(false)))
    expect(view.current().data).toBe(view.renderings[0]?.result.data)
  },

  'of a server are those of its statement and parameters alone': async (stage) => {
    const asked = 'select * from todo where id = ?'
    const state = dehydrate([{ statement: asked, parameters: [1], rows: [BUTTER] }])
    const props = { statement: asked, parameters: [3] }
    const container = await renderOnServer(stage.serverModule, props, state)
    expect(textOf(container)).toBe('pending')

    const view = await stage.hydrate(createTodos(), props, container, state)

    await view.shows('paint')
  },

  'of the last visit are shown at once, and replaced by live ones': async (stage) => {
    const name = await visit(stage)
    const db = openAgain(name)

    const view = await stage.mount(db, KEPT)

    expectToHaveBeenStaleFirst(view, ['milk', 'bread', 'paint'])
    await stage.apply(() => eventually(() => expect(view.current().isStale).toBe(false)))
    expect(view.current().data).toBe(view.renderings[0]?.result.data)
    await stage.apply(() => db.run('delete from todo where id = 1'))
    expect(view.text()).toBe('bread paint')
  },

  'of the last visit wait for a query of the server to be taken over': async (stage) => {
    const name = await visit(stage)
    const container = await renderOnServer(stage.serverModule, KEPT)
    expect(textOf(container)).toBe('pending')

    const view = await stage.hydrate(openAgain(name), KEPT, container)

    await view.shows('milk bread paint')
    await stage.apply(() => eventually(() => expect(view.current().isStale).toBe(false)))
  },

  'that were kept are gone with their database': async (stage) => {
    const name = await visit(stage)
    await openAgain(name).delete()

    const view = await stage.mount(openAgain(name), KEPT)

    expect(view.renderings[0]?.result.isPending).toBe(true)
    await view.shows('milk bread paint')
  },
}

function expectToHaveBeenStaleFirst(view: Shown, shown: readonly string[]): void {
  const [first] = view.renderings
  expect(first?.result).toMatchObject({
    status: 'success',
    isPending: false,
    isStale: true,
    isFetching: true,
  })
  expect(titles(first?.result.data)).toEqual(shown)
  expect(view.renderings.some(({ result }) => result.isPending)).toBe(false)
}

/** The name of a database whose rows were shown, and kept. */
async function visit(stage: Stage): Promise<string> {
  const name = `visited-${crypto.randomUUID()}`
  const db = openAgain(name)
  const view = await stage.mount(db, KEPT)
  await view.shows('milk bread paint')
  await eventually(() => expect(localStorage.getItem(`datasync-rows:${name}`)).toContain('paint'))
  await view.unmount()
  await db.close()
  onTestFinished(() => openAgain(name).delete())
  return name
}

function openAgain(name: string): Database {
  const db = createDatabase(name, { storage: 'indexeddb', migrations: [SCHEMA] })
  onTestFinished(() => db.close())
  return db
}
