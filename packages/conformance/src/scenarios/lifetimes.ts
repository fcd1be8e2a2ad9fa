import { expect } from 'vitest'
import { eventually, type Scenarios } from '../stage.ts'
import { createTodos, openTodos, titles, TODOS, totalRuns } from '../todos.ts'
import { createWatchedWorker } from '../watched-worker.ts'

export const lifetimes: Scenarios = {
  'leaves no live query behind, neither on the page nor in the worker': async ({ mount }) => {
    const worker = createWatchedWorker()
    const db = await openTodos({ worker: worker.create })
    const views = [await mount(db, { statement: TODOS }), await mount(db, { statement: 'select 1 as id' })]
    await views[0]?.shows('milk bread paint')
    expect(worker.observed()).toBe(2)

    for (const view of views) await view.unmount()

    await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
    await eventually(() => expect(worker.observed()).toBe(0))
    const before = worker.updates()
    await db.run('delete from todo')
    await db.query(TODOS)
    expect(worker.updates()).toBe(before)
  },

  'leaves none behind for parameters that were changed many times': async ({ mount }) => {
    const worker = createWatchedWorker()
    const db = await openTodos({ worker: worker.create })
    const props = (list: number) => ({
      statement: 'select * from todo where list = ?',
      parameters: [list],
    })
    const view = await mount(db, props(1))
    for (let list = 2; list < 12; list += 1) await view.setProps(props(list))

    await eventually(() => expect(worker.observed()).toBe(1))
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ parameters: [11], subscribers: 1 }])
  },

  'may go before its first result': async ({ mount }) => {
    const db = createTodos()
    const view = await mount(db, { statement: TODOS })

    await view.unmount()

    await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
    expect(view.renderings.map(({ result }) => result.status)).toEqual(['pending'])
    expect(await db.query(TODOS)).toHaveLength(3)
  },

  'has its rows at once when it comes back within the grace period, without another run': async ({
    mount,
  }) => {
    const db = await openTodos()
    const first = await mount(db, { statement: TODOS })
    await first.shows('milk bread paint')
    await first.unmount()

    const second = await mount(db, { statement: TODOS })

    expect(second.renderings[0]?.result).toMatchObject({ status: 'success', isFetching: false })
    expect(titles(second.renderings[0]?.result.data)).toEqual(['milk', 'bread', 'paint'])
    expect(totalRuns(db)).toBe(1)
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }])
  },

  'goes on where another component with the same query goes': async ({ mount, apply }) => {
    const db = await openTodos()
    const [first, second] = [await mount(db, { statement: TODOS }), await mount(db, { statement: TODOS })]
    await first.shows('milk bread paint')
    await second.shows('milk bread paint')

    await first.unmount()
    await apply(() => db.run("update todo set title = 'rye' where id = 2"))

    expect(second.text()).toBe('milk rye paint')
  },

  'asks nothing while it is hidden, and shows on its return what was written meanwhile': async ({
    mount,
    apply,
  }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')

    await view.setVisible(false)
    await eventually(() => expect(db.liveQueries.getSnapshot()).toEqual([]))
    await db.run("update todo set title = 'rye' where id = 2")

    await view.setVisible(true)
    await view.shows('milk rye paint')
    await apply(() => db.run('delete from todo where id = 1'))
    expect(view.text()).toBe('rye paint')
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1 }])
  },

  'misses nothing while it is hidden for a moment': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')

    await view.setVisible(false)
    await db.run("update todo set title = 'rye' where id = 2")
    await view.setVisible(true)

    await view.shows('milk rye paint')
  },
}
