import { expect } from 'vitest'
import type { QueryOptions } from '@datasync/engine'
import { eventually, type Scenarios } from '../stage.ts'
import { liveParameters, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '../todos.ts'

const REMEMBERED: Todo = { id: 1, list: 1, title: 'remembered', done: 0 }

/** A query that takes its time. */
const SLOW_TODOS = `
  select * from todo where (
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000000) select count(*) from n
  ) > 0 order by id`

/** What a query shows that has nothing to show, and asks for nothing. */
const OFF = { status: 'pending', data: undefined, isPending: true, isFetching: false }

export const options: Scenarios = {
  'asks nothing while it is disabled, and stops asking when it is disabled again': async ({
    mount,
    apply,
  }) => {
    const db = await openTodos()
    const props = (enabled: boolean) => ({ statement: TODOS, options: { enabled } })
    const view = await mount(db, props(false))
    expect(view.current()).toMatchObject(OFF)
    expect(liveParameters(db)).toEqual([])

    await view.setProps(props(true))
    await view.shows('milk bread paint')

    await view.setProps(props(false))
    expect(view.current()).toMatchObject(OFF)
    expect(view.text()).toBe('pending')
    await eventually(() => expect(liveParameters(db)).toEqual([]))
    const before = view.renderings.length
    await apply(() => db.run('delete from todo'))
    expect(view.renderings).toHaveLength(before)

    await view.setProps(props(true))
    await view.shows('')
  },

  'asks nothing without a statement': async ({ mount }) => {
    const db = await openTodos()
    for (const statement of [null, undefined, false, ''] as const) {
      const view = await mount(db, { statement, parameters: [1] })
      expect(view.current()).toMatchObject(OFF)
      await expect(view.current().refetch()).resolves.toBeUndefined()
      expect(liveParameters(db)).toEqual([])

      await view.setProps({ statement: TODOS_OF_LIST, parameters: [2] })
      await view.shows('paint')

      await view.setProps({ statement })
      expect(view.current()).toMatchObject(OFF)
      await view.unmount()
      await eventually(() => expect(liveParameters(db)).toEqual([]))
    }
  },

  'keepPrevious shows the rows before as stale, until there are others': async ({ mount }) => {
    const db = await openTodos()
    const props = (list: number) => ({
      statement: TODOS_OF_LIST,
      parameters: [list],
      options: { keepPrevious: true },
    })
    const view = await mount(db, props(1))
    await view.shows('milk bread')

    await view.setProps(props(2))
    await view.shows('paint')

    const stale = view.renderings.filter(({ result }) => result.isStale)
    expect(stale.length).toBeGreaterThan(0)
    for (const { props: shown, result } of stale) {
      expect(shown.parameters).toEqual([2])
      expect(result).toMatchObject({ status: 'success', isPending: false, isFetching: true })
      expect(titles(result.data)).toEqual(['milk', 'bread'])
    }
    expect(view.current().isStale).toBe(false)
    expect(view.renderings.filter(({ result }) => result.isPending)).toHaveLength(1)
  },

  'keepPrevious keeps rows over parameters that had none, through an error, and while it is disabled':
    async ({ mount }) => {
      const db = await openTodos()
      const keepPrevious = true
      const view = await mount(db, { statement: TODOS_OF_LIST, parameters: [1], options: { keepPrevious } })
      await view.shows('milk bread')

      await view.setProps({ statement: TODOS_OF_LIST, parameters: [97], options: { keepPrevious } })
      await view.setProps({ statement: 'select * from nowhere', options: { keepPrevious } })
      await eventually(() => expect(view.current().status).toBe('error'))
      expect(view.current()).toMatchObject({ error: { code: 'sql' }, isStale: true, isFetching: false })

      await view.setProps({ statement: TODOS_OF_LIST, parameters: [2], options: { keepPrevious } })
      await view.shows('paint')
      await view.setProps({ statement: null, options: { keepPrevious } })
      await view.shows('paint')
      expect(view.current()).toMatchObject({ isStale: true, isFetching: false, isPending: false })
    },

  'initialData is shown at once, until there are rows': async ({ mount }) => {
    const db = await openTodos()
    const initialData = [REMEMBERED]

    const view = await mount(db, { statement: TODOS, options: { initialData } })

    expect(view.renderings[0]?.result).toMatchObject({ status: 'success', isPending: false, isStale: false })
    expect(view.renderings[0]?.result.data).toEqual(initialData)
    await view.shows('milk bread paint')
    expect(view.renderings.some(({ result }) => result.isPending)).toBe(false)
  },

  'select makes data of rows, and renders only what it changes': async ({ mount, apply }) => {
    const db = await openTodos()
    const select = (todos: readonly Todo[]): readonly Todo[] => todos.filter(({ list }) => list === 1)
    const view = await mount(db, { statement: TODOS, options: { select } })
    await view.shows('milk bread')
    const before = view.renderings.length
    const { data } = view.current()

    await apply(() => db.run("update todo set title = 'glue' where id = 3"))
    expect(view.renderings).toHaveLength(before)
    expect(view.current().data).toBe(data)

    await apply(() => db.run("update todo set title = 'rye' where id = 2"))
    expect(view.text()).toBe('milk rye')
    expect(view.renderings).toHaveLength(before + 1)
    expect(view.current().data?.[0]).toBe(data?.[0])
  },

  'select may be another one each time': async ({ mount }) => {
    const db = await openTodos()
    const props = (list: number): { statement: string; options: QueryOptions<Todo> } => ({
      statement: TODOS,
      options: { select: (todos) => todos.filter((todo) => todo.list === list) },
    })
    const view = await mount(db, props(1))
    await view.shows('milk bread')

    await view.setProps(props(2))

    await view.shows('paint')
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ runs: 1 }])
  },

  'another database may be asked than the one that is provided': async ({ mount }) => {
    const [provided, other] = [await openTodos(), await openTodos()]
    await other.run('delete from todo where id > 1')

    const view = await mount(provided, { statement: TODOS, options: { database: other } })

    await view.shows('milk')
    expect(liveParameters(provided)).toEqual([])
  },

  'refetch runs again, says so meanwhile, and changes nothing that is equal': async ({ mount, apply }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: SLOW_TODOS })
    await view.shows('milk bread paint')
    const { data, refetch } = view.current()
    const before = view.renderings.length

    await apply(async () => {
      const refetched = refetch()
      await eventually(() => expect(view.current()).toMatchObject({ isFetching: true, status: 'success' }))
      await refetched
    })

    expect(db.liveQueries.getSnapshot()).toMatchObject([{ runs: 2 }])
    expect(view.current()).toMatchObject({ isFetching: false, status: 'success' })
    expect(view.current().data).toBe(data)
    for (const { result } of view.renderings.slice(before)) expect(result.data).toBe(data)
  },
}
