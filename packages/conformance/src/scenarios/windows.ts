import type { Database, InfiniteQueryOptions } from '@datasync/engine'
import { expect } from 'vitest'
import type { PagesProps } from '../driver.ts'
import { eventually, type Scenarios } from '../stage.ts'
import { liveParameters, openTodos, titles, type Todo } from '../todos.ts'

const BY_TITLE = 'select * from todo where list = ? order by title'

export const windows: Scenarios = {
  'show one page, and one more with each that is loaded': async ({ mountPages, apply }) => {
    const view = await mountPages(await openLetters(), letters())
    await view.shows('b d')
    expect(view.current()).toMatchObject({ status: 'success', hasNext: true, hasPrevious: false })
    const first = view.current().data?.[0]

    await apply(() => view.current().loadNext())
    expect(view.text()).toBe('b d f h')
    expect(view.current()).toMatchObject({ hasNext: true, isLoadingNext: false, isLoadingPrevious: false })
    expect(view.current().data?.[0]).toBe(first)

    await apply(() => view.current().loadNext())
    await apply(() => view.current().loadNext())
    expect(view.text()).toBe('b d f h j')
    expect(view.current()).toMatchObject({ hasNext: false, hasPrevious: false })
  },

  'give up pages that are too many, and bring them back': async ({ mountPages, apply }) => {
    const view = await mountPages(await openLetters(), letters({ maxPages: 2 }))
    await view.shows('b d')

    await apply(() => view.current().loadNext())
    await apply(() => view.current().loadNext())
    expect(view.text()).toBe('f h j')
    expect(view.current()).toMatchObject({ hasNext: false, hasPrevious: true })

    await apply(() => view.current().loadPrevious())
    expect(view.text()).toBe('b d f h')
    expect(view.current()).toMatchObject({ hasNext: true })
  },

  'are not shifted by rows that come above them': async ({ mountPages, apply }) => {
    const db = await openLetters()
    const view = await mountPages(db, letters({ maxPages: 1 }))
    await view.shows('b d')
    await apply(() => view.current().loadNext())
    await view.shows('f h')
    const { data } = view.current()

    await apply(() => write(db, 'a', 'c', 'e'))
    expect(view.current().data).toBe(data)
    await apply(() => write(db, 'g'))
    expect(view.text()).toBe('f g')

    await apply(() => view.current().loadPrevious())
    expect(view.text()).toBe('d e')
  },

  'begin anew with other parameters, and never show rows under those of others': async ({
    mountPages,
    apply,
  }) => {
    const db = await openLetters()
    const view = await mountPages(db, letters())
    await view.shows('b d')
    await apply(() => view.current().loadNext())
    await view.shows('b d f h')

    await view.setProps(letters({}, 2))
    expect(view.current().data?.some(({ list }) => list !== 2) ?? false).toBe(false)

    await view.shows('paint')
    expect(view.current()).toMatchObject({ hasNext: false, hasPrevious: false, isStale: false })
    await eventually(() => expect(liveParameters(db)).toEqual([[2]]))
  },

  'keep the rows before, and do as their options say': async ({ mountPages }) => {
    const select = (rows: readonly Todo[]): readonly Todo[] => rows.toReversed()
    const view = await mountPages(await openLetters(), letters({ select, keepPrevious: true }))
    await view.shows('d b')

    await view.setProps(letters({ select, keepPrevious: true }, 2))
    expect(['d b', 'paint']).toContain(view.text())
    await view.shows('paint')

    await view.setProps(letters({ enabled: false }))
    expect(view.current()).toMatchObject({ status: 'pending', isFetching: false, hasNext: false })
    await expect(view.current().loadNext()).resolves.toBeUndefined()
  },

  'fail by the size of a page that is none': async ({ mountPages }) => {
    const db = await openLetters()
    for (const pageSize of [0, -1, 1.5, NaN]) {
      const view = await mountPages(db, letters({ pageSize }))
      await view.shows('error invalid-argument')
      await expect(view.current().loadNext()).resolves.toBeUndefined()

      await view.setProps(letters())
      await view.shows('b d')
      await view.unmount()
    }
  },

  'are those of all that ask the same, and end with the last of them': async ({ mountPages, apply }) => {
    const db = await openLetters()
    const views = [await mountPages(db, letters()), await mountPages(db, letters())]
    for (const view of views) await view.shows('b d')

    await apply(async () => views[0]?.current().loadNext())
    for (const view of views) await view.shows('b d f h')
    expect(titles(views[0]?.current().data)).toEqual(['b', 'd', 'f', 'h'])
    expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 2 }])

    for (const view of views) await view.unmount()
    await eventually(() => expect(liveParameters(db)).toEqual([]))
  },
}

function letters(options: Partial<InfiniteQueryOptions<Todo>> = {}, list = 1): PagesProps {
  return { statement: BY_TITLE, parameters: [list], options: { pageSize: 2, ...options } }
}

/** With five todos in list 1: b, d, f, h and j. */
async function openLetters(): Promise<Database> {
  const db = await openTodos()
  await db.run('delete from todo where list = 1')
  await write(db, 'b', 'd', 'f', 'h', 'j')
  return db
}

async function write(db: Database, ...letter: readonly string[]): Promise<void> {
  await db.batch(
    letter.map((title) => ({ sql: 'insert into todo (list, title) values (1, ?)', parameters: [title] })),
  )
}
