import { expect } from 'vitest'
import { eventually, type Scenarios } from '../stage.ts'
import { createTodos, liveParameters, openTodos, titles, TODOS, TODOS_OF_LIST, totalRuns } from '../todos.ts'
import type { MountedQuery, QueryProps } from '../driver.ts'

/** A query that takes its time for list 1, and none for others. */
const SLOW_FOR_LIST_1 = `
  select * from todo where list = ?1 and (
    with recursive n (i) as (select 1 union all select i + 1 from n where i < case ?1 when 1 then 1000000 else 1 end)
    select count(*) from n
  ) > 0 order by id`

export const parameters: Scenarios = {
  'is pending, then shows rows': async ({ mount }) => {
    const db = createTodos()

    const view = await mount(db, { statement: TODOS })
    expect(view.renderings[0]?.result).toMatchObject({
      status: 'pending',
      data: undefined,
      error: undefined,
      isPending: true,
      isFetching: true,
      isStale: false,
    })

    await view.shows('milk bread paint')
    expect(view.current()).toMatchObject({
      status: 'success',
      error: undefined,
      isPending: false,
      isFetching: false,
      isStale: false,
    })
    expect(titles(view.current().data)).toEqual(['milk', 'bread', 'paint'])
    expect(view.renderings.map(({ result }) => result.status)).toEqual(['pending', 'success'])
  },

  'tells no rows from rows that are not there yet': async ({ mount }) => {
    const db = await openTodos()

    const view = await mount(db, listOf(9))
    expect(view.text()).toBe('pending')

    await view.shows('')
    expect(view.current()).toMatchObject({ status: 'success', data: [], isPending: false })
  },

  'follows a change of parameters': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, listOf(1))
    await view.shows('milk bread')

    await view.setProps(listOf(2))

    await view.shows('paint')
    await eventually(() => expect(liveParameters(db)).toEqual([[2]]))
  },

  'follows a change of the statement': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')

    await view.setProps({ statement: 'select * from todo order by id desc' })

    await view.shows('paint bread milk')
  },

  'shows the rows of one list under the parameters of another in no rendering': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, listOf(1))
    await view.shows('milk bread')

    await view.setProps(listOf(2))
    await view.shows('paint')
    await view.setProps(listOf(1))
    await view.shows('milk bread')

    expectNothingMislabelled(view)
  },

  'follows a change of parameters while the query before is under way': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, listOf(1, SLOW_FOR_LIST_1))
    await eventually(() => expect(liveParameters(db)).toEqual([[1]]))

    await view.setProps(listOf(2, SLOW_FOR_LIST_1))

    await view.shows('paint')
    expectNothingMislabelled(view)
  },

  'does not show a result that comes late, of parameters before': async ({ mount, apply }) => {
    const db = await openTodos()
    // Somebody else keeps the slow query alive, so that its result does come.
    const slow = db.observe(SLOW_FOR_LIST_1, [1])
    const stop = slow.subscribe(() => undefined)
    const view = await mount(db, listOf(1, SLOW_FOR_LIST_1))
    await view.setProps(listOf(2, SLOW_FOR_LIST_1))

    await apply(() => slow.load())

    expect(slow.getSnapshot().data).toHaveLength(2)
    await view.shows('paint')
    expectNothingMislabelled(view)
    stop()
  },

  'follows the last of many changes': async ({ mount }) => {
    const db = await openTodos()
    const view = await mount(db, listOf(1))

    for (let list = 2; list < 20; list += 1) await view.setProps(listOf(list))
    await view.setProps(listOf(2))

    await view.shows('paint')
    expectNothingMislabelled(view)
    await eventually(() => expect(liveParameters(db)).toEqual([[2]]))
  },

  'runs once where two components ask the same': async ({ mount }) => {
    const db = await openTodos()
    const views = [await mount(db, listOf(1)), await mount(db, listOf(1))]
    for (const view of views) await view.shows('milk bread')

    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2, runs: 1 }])
    expect(views[0]?.current().data).toBe(views[1]?.current().data)

    await views[0]?.unmount()
    await views[1]?.shows('milk bread')
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 1, runs: 1 }])
  },

  'takes parameters that are written inline, without a run for each, and renders no more than it is told to':
    async ({ mount }) => {
      const db = await openTodos()
      const view = await mount(db, listOf(1))
      await view.shows('milk bread')
      const { data } = view.current()
      const before = view.renderings.length

      for (let time = 0; time < 5; time += 1) await view.setProps(listOf(1))

      expect(view.current().data).toBe(data)
      expect(totalRuns(db)).toBe(1)
      expect(view.renderings.length - before).toBeLessThanOrEqual(5)
    },

  'takes parameters by name': async ({ mount }) => {
    const db = await openTodos()
    const statement = 'select * from todo where list = :list order by id'
    const view = await mount(db, { statement, parameters: { list: 1 } })
    await view.shows('milk bread')

    await view.setProps({ statement, parameters: { list: 2 } })

    await view.shows('paint')
  },
}

function listOf(list: number, statement: string = TODOS_OF_LIST): QueryProps {
  return { statement, parameters: [list] }
}

function expectNothingMislabelled({ renderings }: MountedQuery): void {
  const mislabelled = renderings.filter(({ props: { parameters: asked }, result }) => {
    const [list] = Array.isArray(asked) ? asked : []
    return !result.isStale && result.data?.some((todo) => todo.list !== list)
  })
  expect(mislabelled).toEqual([])
}
