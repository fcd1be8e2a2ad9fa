import { expect } from 'vitest'
import { type Scenarios, type Shown, type Stage } from '../stage.ts'
import { openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '../todos.ts'
import type { Database } from '@datasync/engine'

export const changes: Scenarios = {
  'shows an insert, an update and a delete, one rendering each': async (stage) => {
    const { db, view } = await showTodos(stage)

    await rendersTimes(view, 1, stage.apply, () =>
      db.run("insert into todo (list, title) values (3, 'salt')"),
    )
    expect(view.text()).toBe('milk bread paint salt')
    await rendersTimes(view, 1, stage.apply, () => db.run("update todo set title = 'rye' where id = 2"))
    expect(view.text()).toBe('milk rye paint salt')
    await rendersTimes(view, 1, stage.apply, () => db.run('delete from todo where id = 1'))
    expect(view.text()).toBe('rye paint salt')
  },

  'shows a write when its promise resolves': async (stage) => {
    const { db, view } = await showTodos(stage)

    for (let round = 0; round < 10; round += 1) {
      await stage.apply(async () => {
        await db.run('update todo set title = ? where id = 2', [`bread ${round}`])
        expect(db.observe<Todo>(TODOS).getSnapshot().data?.[1]?.title).toBe(`bread ${round}`)
      })
      expect(view.text()).toBe(`milk bread ${round} paint`)
    }
  },

  'keeps the identity of every row but the one that changed': async (stage) => {
    const { db, view } = await showTodos(stage)
    const before = view.current().data ?? []

    await rendersTimes(view, 1, stage.apply, () => db.run("update todo set title = 'rye' where id = 2"))

    const after = view.current().data ?? []
    expect(titles(after)).toEqual(['milk', 'rye', 'paint'])
    expect(after.map((row, index) => row === before[index])).toEqual([true, false, true])
  },

  'keeps the identity of every row when one comes before them': async (stage) => {
    const { db, view } = await showTodos(stage)
    const before = view.current().data ?? []

    await rendersTimes(view, 1, stage.apply, () =>
      db.run("insert into todo (id, list, title) values (0, 1, 'first')"),
    )

    const after = view.current().data ?? []
    expect(titles(after)).toEqual(['first', 'milk', 'bread', 'paint'])
    expect(after.slice(1).every((row, index) => row === before[index])).toBe(true)
    expect(view.text()).toBe('first milk bread paint')
  },

  'gives rows as they are, wrapped in nothing': async (stage) => {
    const { db, view } = await showTodos(stage)

    const { data } = db.observe<Todo>(TODOS).getSnapshot()

    expect(view.current().data).toBe(data)
    expect(view.current().data?.[0]).toBe(data?.[0])
    expect(Object.isFrozen(view.current().data?.[0])).toBe(true)
  },

  'renders nothing for what is rolled back': async (stage) => {
    const { db, view } = await showTodos(stage)

    await rendersTimes(view, 0, stage.apply, async () => {
      const undone = db.transaction(async (tx) => {
        await tx.run('delete from todo')
        expect(await tx.query(TODOS)).toEqual([])
        throw new Error('changed my mind')
      })
      await expect(undone).rejects.toThrow('changed my mind')
    })

    await rendersTimes(view, 1, stage.apply, () => db.run("update todo set title = 'rye' where id = 2"))
    expect(view.text()).toBe('milk rye paint')
  },

  'renders nothing for a result that is equal': async (stage) => {
    const { db, view } = await showTodos(stage, TODOS_OF_LIST, [1])

    await rendersTimes(view, 0, stage.apply, () => db.run('update todo set title = title'))
    await rendersTimes(view, 0, stage.apply, () => db.run("update todo set title = 'glue' where id = 3"))
    await rendersTimes(view, 0, stage.apply, () => db.exec('create table other (id integer)'))

    await rendersTimes(view, 1, stage.apply, () => db.run("update todo set title = 'rye' where id = 2"))
  },

  'renders once for a write of 100,000 rows': async (stage) => {
    const { db, view } = await showTodos(stage)

    await rendersTimes(view, 1, stage.apply, () =>
      db.run(`insert into todo (list, title)
        with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000)
        select 3, 'todo ' || i from n`),
    )

    expect(view.current().data).toHaveLength(100_003)
  },

  'renders once for a transaction of many statements': async (stage) => {
    const { db, view } = await showTodos(stage)

    await rendersTimes(view, 1, stage.apply, () =>
      db.transaction(async (tx) => {
        for (let id = 10; id < 20; id += 1)
          await tx.run("insert into todo (id, list, title) values (?, 1, 'x')", [id])
        await tx.run('delete from todo where id between 11 and 19')
      }),
    )

    expect(view.text()).toBe('milk bread paint x')
  },

  'renders less often than is written, where writes come at once': async (stage) => {
    const { db, view } = await showTodos(stage)
    const before = view.renderings.length

    const insert = "insert into todo (list, title) values (3, 'one of many')"
    await stage.apply(() => Promise.all(Array.from({ length: 100 }, () => db.run(insert))))

    expect(view.current().data).toHaveLength(103)
    expect(view.renderings.length - before).toBeLessThan(100)
  },

  'never shows two moments in two components': async (stage) => {
    const db = await openTodos()
    await db.exec(`
      create table account (id integer primary key, list integer, title text, done integer);
      insert into account values (1, 0, '50', 0), (2, 0, '50', 0)`)
    const balanceOf = (id: number): Promise<Shown> =>
      stage.mount(db, { statement: 'select * from account where id = ?', parameters: [id] })
    const accounts = [await balanceOf(1), await balanceOf(2)]
    for (const account of accounts) await account.shows('50')
    const sums = new Set<number>()
    const observer = new MutationObserver(() =>
      sums.add(accounts.reduce((sum, account) => sum + Number(account.text()), 0)),
    )
    for (const { container } of accounts) {
      observer.observe(container, { subtree: true, childList: true, characterData: true })
    }

    const transfer = (amount: number): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.run('update account set title = title - ? where id = 1', [amount])
        await tx.run('update account set title = title + ? where id = 2', [amount])
      })
    await stage.apply(() => Promise.all(Array.from({ length: 20 }, (_, index) => transfer(index - 7))))
    await accounts[0]?.shows('0')

    observer.disconnect()
    expect(sums).toEqual(new Set([100]))
  },

  'says nothing of fetching while it follows changes': async ({ mount, apply }) => {
    const db = await openTodos()
    const view = await mount(db, { statement: TODOS })
    await view.shows('milk bread paint')
    const before = view.renderings.length

    for (let round = 0; round < 5; round += 1) {
      await apply(() => db.run('update todo set title = ? where id = 2', [`bread ${round}`]))
    }

    const followed = view.renderings.slice(before)
    expect(followed).toHaveLength(5)
    expect(followed.filter(({ result }) => result.isFetching || result.isPending || result.isStale)).toEqual(
      [],
    )
  },

  'follows a table that only a join and a trigger know of': async ({ mount, apply }) => {
    const db = await openTodos()
    await db.exec(`
      create table list (id integer primary key, name text);
      create table renamed (name text);
      insert into list values (1, 'food'), (2, 'house');
      create trigger rename_list after insert on renamed begin
        update list set name = new.name where id = 1;
      end`)
    const statement = `
      select todo.id, list.id as list, todo.title || ' for ' || list.name as title, done
      from todo join list on list.id = todo.list where todo.id < 3 order by todo.id`
    const view = await mount(db, { statement })
    await view.shows('milk for food bread for food')

    await apply(() => db.run("insert into renamed values ('breakfast')"))

    expect(view.text()).toBe('milk for breakfast bread for breakfast')
  },

  'misses nothing that is written while it is mounted': async ({ mount, apply }) => {
    const db = await openTodos()
    await db.observe(TODOS).load()
    const writes = Array.from({ length: 20 }, (_, index) =>
      db.run('update todo set title = ? where id = 2', [`bread ${index}`]),
    )

    const view = await mount(db, { statement: TODOS })
    await apply(() => Promise.all(writes))

    await view.shows('milk bread 19 paint')
  },

  'follows a change of the schema': async (stage) => {
    const { db, view } = await showTodos(stage)

    await stage.apply(() => db.exec("alter table todo add column note text default 'white'"))

    expect(view.current().data?.[0]).toEqual({ id: 1, list: 1, title: 'milk', done: 0, note: 'white' })
    expect(view.text()).toBe('milk bread paint')
  },
}

async function showTodos(
  { mount }: Stage,
  statement: string = TODOS,
  parameters: readonly number[] = [],
): Promise<{ readonly db: Database; readonly view: Shown }> {
  const db = await openTodos()
  const view = await mount(db, { statement, parameters })
  await view.shows(parameters.length === 0 ? 'milk bread paint' : 'milk bread')
  return { db, view }
}

async function rendersTimes(
  view: Shown,
  times: number,
  apply: Stage['apply'],
  work: () => Promise<unknown>,
): Promise<void> {
  const before = view.renderings.length
  await apply(work)
  expect(view.renderings.length - before).toBe(times)
}
