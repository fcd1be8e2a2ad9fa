import { expect, onTestFinished } from 'vitest'
import { createDatabase } from '@datasync/engine'
import { eventually, type Scenarios } from '../stage.ts'
import { openTodos, SCHEMA, titles, TODOS, TODOS_OF_LIST } from '../todos.ts'
import { createWatchedWorker } from '../watched-worker.ts'

const LATER = 'select * from later'
const MAKE_LATER =
  "create table later (id integer primary key, list integer, title text, done integer); insert into later values (1, 1, 'here', 0)"

export const failures: Scenarios = {
  'has the error of a statement that fails, and recovers when its cause is gone': async ({
    mount,
    apply,
  }) => {
    const db = await openTodos()

    const view = await mount(db, { statement: LATER })
    await eventually(() => expect(view.current().status).toBe('error'))
    expect(view.current()).toMatchObject({
      data: undefined,
      error: { code: 'sql' },
      isPending: false,
      isFetching: false,
    })

    await apply(() => db.exec(MAKE_LATER))
    await view.shows('here')
    expect(view.current()).toMatchObject({ status: 'success', error: undefined })
  },

  'keeps its rows while it fails': async ({ mount, apply }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')
    const { data } = view.current()

    await apply(() => db.exec('alter table todo rename to hidden'))
    await view.shows('milk bread paint error sql')
    expect(view.current()).toMatchObject({ status: 'error', error: { code: 'sql' }, isStale: false })
    expect(view.current().data).toBe(data)

    await apply(() =>
      db.exec("alter table hidden rename to todo; update todo set title = 'rye' where id = 2"),
    )
    await view.shows('milk rye paint')
    expect(view.current()).toMatchObject({ status: 'success', error: undefined })
    expect(view.current().data?.[0]).toBe(data?.[0])
  },

  'has a parameter that cannot be bound as an error, not as a crash': async ({ mount }) => {
    const db = await openTodos()
    const date: unknown = new Date()
    const statement = 'select * from todo where title <> ? order by id'

    const view = await mount(db, { statement, parameters: [date as string] })
    await view.shows('error invalid-parameter')

    await view.setProps({ statement, parameters: ['bread'] })
    await view.shows('milk paint')
  },

  'has what is no parameters at all as an error, not as a crash': async ({ mount }) => {
    const db = await openTodos()
    const none: readonly unknown[] = [null, 'bread', 42, new Date(), new Map([['list', 1]])]
    for (const parameters of none) {
      const view = await mount(db, { statement: TODOS_OF_LIST, parameters: parameters as [] })
      await view.shows('error invalid-parameter')
      await view.unmount()
    }
  },

  'keeps its rows when the worker dies, and follows the next one': async ({ mount, apply }) => {
    const worker = createWatchedWorker()
    const name = `mortal-${crypto.randomUUID()}`
    const open = () => createDatabase(name, { storage: 'opfs', migrations: [SCHEMA], worker: worker.create })
    const db = open()
    onTestFinished(() => open().delete())
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')
    const { data } = view.current()

    worker.kill()
    await view.shows('milk bread paint error worker-lost')
    expect(view.current()).toMatchObject({ status: 'error', error: { code: 'worker-lost' } })
    expect(view.current().data).toBe(data)

    await apply(() => db.run("update todo set title = 'rye' where id = 2"))
    await view.shows('milk rye paint')
    expect(view.current()).toMatchObject({ status: 'success', error: undefined, isFetching: false })
    expect(view.current().data?.[0]).toBe(data?.[0])
    expect(view.renderings.filter(({ result }) => result.isPending)).toHaveLength(1)
  },

  'keeps its rows when the database is closed, and says so': async ({ mount, apply }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')

    await apply(() => db.close())

    await view.shows('milk bread paint error closed')
    expect(view.current()).toMatchObject({ status: 'error', error: { code: 'closed' }, isFetching: false })
    expect(titles(view.current().data)).toEqual(['milk', 'bread', 'paint'])

    await view.setProps({ statement: 'select * from todo where id = 1' })
    await view.shows('error closed')
  },

  'that is mounted after the database was closed says so': async ({ mount }) => {
    const db = await openTodos()
    await db.close()

    const view = await mount(db, { statement: TODOS })

    await view.shows('error closed')
  },
}
