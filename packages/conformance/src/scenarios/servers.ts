import { expect, onTestFinished } from 'vitest'
import { renderOnServer } from '../render-on-server.ts'
import type { QueryProps } from '../driver.ts'
import type { Scenarios } from '../stage.ts'
import { createTodos, openTodos, TODOS, type Todo } from '../todos.ts'
import { textOf } from '../view.ts'

const FROM_SERVER: readonly Todo[] = [{ id: 1, list: 1, title: 'from the server', done: 0 }]

export const servers: Scenarios = {
  'render a query as pending, which the browser takes over without a complaint': async (stage) => {
    const container = await renderOnServer(stage.serverModule, { statement: TODOS })
    expect(textOf(container)).toBe('pending')

    const view = await stage.hydrate(createTodos(), { statement: TODOS }, container)

    await view.shows('milk bread paint')
  },

  'are taken over without a complaint where the rows are there already': async (stage) => {
    const db = await openTodos()
    const container = await renderOnServer(stage.serverModule, { statement: TODOS })
    onTestFinished(db.observe(TODOS).subscribe(() => undefined))
    await db.observe(TODOS).load()
    expect(db.observe(TODOS).getSnapshot().status).toBe('success')

    const view = await stage.hydrate(db, { statement: TODOS }, container)

    await view.shows('milk bread paint')
    await stage.apply(() => db.run('delete from todo where id = 1'))
    expect(view.text()).toBe('bread paint')
  },

  'render the rows that they are given': async (stage) => {
    const props: QueryProps = { statement: TODOS, options: { initialData: FROM_SERVER } }
    const container = await renderOnServer(stage.serverModule, props)
    expect(textOf(container)).toBe('from the server')

    const view = await stage.hydrate(createTodos(), props, container)

    await view.shows('milk bread paint')
    expect(view.renderings.some(({ result }) => result.isPending)).toBe(false)
  },
}
