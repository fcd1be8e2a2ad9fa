import { describe, expect, test } from 'vitest'
import type { Database, PageOptions, PagesObserver } from '../../src/index.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { openTestDatabase } from './open-test-database.ts'

const SCHEMA = `
  create table entry (id integer primary key, at integer not null, title text not null);
  create index by_time on entry (at);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
    insert into entry select i, i * 10, 'entry ' || i from n;
`
const NEWEST = 'select id, title from entry order by at desc'
const INSERT = "insert into entry (at, title) values (?, 'new')"

interface Entry {
  readonly id: number
  readonly title: string
}

function ids({ getSnapshot }: PagesObserver<Entry>): readonly number[] | undefined {
  return getSnapshot().data?.map(({ id }) => id)
}

/** The pages of a database with 20 entries, listened to, with the first one there. */
async function openPages(
  options: PageOptions,
  sql = NEWEST,
): Promise<{ readonly db: Database; readonly pages: PagesObserver<Entry> }> {
  const db = await openTestDatabase({ migrations: [SCHEMA] })
  const pages = db.observePages<Entry>(sql, [], options)
  pages.subscribe(() => undefined)
  await pages.load()
  return { db, pages }
}

describe('pages', () => {
  test('are shown one by one, and their rows stay the same objects', async () => {
    const { pages } = await openPages({ pageSize: 3 })
    expect(pages.getSnapshot()).toMatchObject({ status: 'success', hasNext: true, hasPrevious: false })
    expect(ids(pages)).toEqual([20, 19, 18])
    const { data: before = [] } = pages.getSnapshot()

    const loading = pages.loadNext()
    expect(pages.getSnapshot()).toMatchObject({ isLoadingNext: true, isLoadingPrevious: false })
    expect(pages.getSnapshot().data).toBe(before)
    await loading

    expect(pages.getSnapshot()).toMatchObject({ isLoadingNext: false, hasNext: true })
    expect(ids(pages)).toEqual([20, 19, 18, 17, 16, 15])
    before.forEach((row, index) => expect(pages.getSnapshot().data?.[index]).toBe(row))
  })

  test('come with their state in one notification, and not in two', async () => {
    const { pages } = await openPages({ pageSize: 3, maxPages: 1 })
    const seen: unknown[] = []
    pages.subscribe(() => {
      const { data, isLoadingNext, hasPrevious } = pages.getSnapshot()
      seen.push([data?.[0]?.id, isLoadingNext, hasPrevious])
    })

    await pages.loadNext()

    expect(seen).toEqual([
      [20, true, false],
      [17, false, true],
    ])
  })

  test('end where the rows do, and say so', async () => {
    const { db, pages } = await openPages({ pageSize: 15 })
    await pages.loadNext()
    expect(ids(pages)).toHaveLength(20)
    expect(pages.getSnapshot()).toMatchObject({ hasNext: false, isLoadingNext: false })
    const snapshot = pages.getSnapshot()
    await pages.loadNext()
    await pages.loadPrevious()
    expect(pages.getSnapshot()).toBe(snapshot)

    for (let at = -11; at < 0; at++) await db.run(INSERT, [at])
    expect(ids(pages)).toHaveLength(30)
    expect(pages.getSnapshot().hasNext).toBe(true)
  })

  test('are as long as they are, though a row that comes after them changes', async () => {
    const { db, pages } = await openPages({ pageSize: 3 })
    const snapshot = pages.getSnapshot()
    await db.run("update entry set title = 'x' where id = 17")
    expect(pages.getSnapshot()).toBe(snapshot)

    await db.run('delete from entry where id = 18')
    expect(pages.getSnapshot().data?.at(-1)).toEqual({ id: 17, title: 'x' })
  })

  test('that are out of sight are given up, and brought back', async () => {
    const { pages } = await openPages({ pageSize: 3, maxPages: 2 })
    for (let i = 0; i < 3; i++) await pages.loadNext()
    expect(ids(pages)).toEqual([14, 13, 12, 11, 10, 9])
    const { data } = pages.getSnapshot()

    await pages.loadPrevious()
    expect(ids(pages)).toEqual([17, 16, 15, 14, 13, 12])
    expect(pages.getSnapshot().data?.[3]).toBe(data?.[0])
    await pages.loadPrevious()
    expect(pages.getSnapshot()).toMatchObject({ hasPrevious: false, hasNext: true })
    expect(ids(pages)).toEqual([20, 19, 18, 17, 16, 15])
  })

  test('are moved both ways at once', async () => {
    const { pages } = await openPages({ pageSize: 3, maxPages: 1 })
    await pages.loadNext()
    await pages.loadNext()
    const both = [pages.loadNext(), pages.loadPrevious(), pages.loadNext()]
    expect(pages.getSnapshot()).toMatchObject({ isLoadingNext: true, isLoadingPrevious: true })
    expect(both[2]).toBe(both[0])
    await Promise.all(both)
    expect(ids(pages)).toEqual([14, 13, 12])
  })
})

describe('what is written', () => {
  test('above them does not shift them, and does not even have them looked at', async () => {
    const { db, pages } = await openPages({ pageSize: 3, maxPages: 1 })
    await pages.loadNext()
    const snapshot = pages.getSnapshot()
    const { lastRun } = await pages.explain()

    await db.run(INSERT, [1000])
    await db.run('delete from entry where id = 18')
    await db.run("update entry set title = 'x' where id = 20")

    expect(pages.getSnapshot()).toBe(snapshot)
    expect((await pages.explain()).lastRun).toEqual(lastRun)
    await pages.loadPrevious()
    expect(ids(pages)).toEqual([21, 20, 19])
  })

  test('in them is shown, and so is what then is the last row', async () => {
    const { db, pages } = await openPages({ pageSize: 3, maxPages: 1 })
    await pages.loadNext()
    await db.run(INSERT, [165])
    expect(ids(pages)).toEqual([17, 21, 16])
    await db.run('delete from entry where id = 16')
    expect(ids(pages)).toEqual([17, 21, 15])
  })

  test('may take away the row that they begin with', async () => {
    const { db, pages } = await openPages({ pageSize: 3, maxPages: 1 })
    await pages.loadNext()
    await db.run('delete from entry where id in (17, 20)')
    expect(ids(pages)).toEqual([16, 15, 14])
    await pages.loadPrevious()
    expect(ids(pages)).toEqual([19, 18, 16])
    expect(pages.getSnapshot().hasPrevious).toBe(false)
  })

  test('to the schema keeps them where they are, as far as it can', async () => {
    const { db, pages } = await openPages({ pageSize: 3, maxPages: 1 })
    await pages.loadNext()
    await db.exec('drop index by_time; alter table entry add column note')
    expect(ids(pages)).toEqual([17, 16, 15])

    await db.exec('alter table entry rename to old; create view entry as select * from old')
    expect(ids(pages)).toEqual([20, 19, 18])
    expect((await pages.explain()).shifts).toContain('something else than tables')
    await pages.loadNext()
    expect(ids(pages)).toEqual([17, 16, 15])

    await db.exec('drop view entry')
    expect(pages.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'sql' } })
    await pages.loadNext()
    await db.exec('alter table old rename to entry')
    expect(pages.getSnapshot()).toMatchObject({ status: 'success' })
    expect((await pages.explain()).shifts).toBeUndefined()
  })
})

describe('a statement whose rows are not told apart', () => {
  test('has pages all the same, which rows that come above shift, as explain() tells', async () => {
    const { db, pages } = await openPages(
      { pageSize: 3, maxPages: 1 },
      'select at as id, count(*) as n from entry group by at order by at desc',
    )
    expect((await pages.explain()).shifts).toBe('It takes rows together (GROUP BY or an aggregate).')
    await pages.loadNext()
    expect(ids(pages)).toEqual([170, 160, 150])
    await db.run(INSERT, [1000])
    expect(ids(pages)).toEqual([180, 170, 160])
    await pages.loadPrevious()
    expect(ids(pages)).toEqual([1000, 200, 190])
    expect(pages.getSnapshot().hasPrevious).toBe(false)
  })
})

describe('no call is pending for ever', () => {
  test('where the worker dies, the pages are where they were with the next one', async () => {
    const { db, newest } = createWithWorkers({ migrations: [SCHEMA] })
    const pages = db.observePages<Entry>(NEWEST, [], { pageSize: 3, maxPages: 1 })
    pages.subscribe(() => undefined)
    await pages.load()
    await pages.loadNext()
    const { data } = pages.getSnapshot()

    const loading = pages.loadNext()
    newest().crash('gone')
    await loading
    expect(pages.getSnapshot()).toMatchObject({ status: 'error', isLoadingNext: false })
    expect(pages.getSnapshot().data).toBe(data)

    await pages.refetch()
    expect(pages.getSnapshot()).toMatchObject({ status: 'success', hasNext: true, hasPrevious: true })
    expect(pages.getSnapshot().data).toBe(data)
    await pages.loadPrevious()
    expect(ids(pages)).toEqual([20, 19, 18])
  })

  test('where there is no engine, loading a page starts one', async () => {
    const { db, newest, workers } = createWithWorkers({ migrations: [SCHEMA] })
    const pages = db.observePages<Entry>(NEWEST, [], { pageSize: 3, maxPages: 1 })
    pages.subscribe(() => undefined)
    await pages.load()
    newest().crash('gone')

    await pages.loadNext()

    expect(workers).toHaveLength(2)
    expect(ids(pages)).toEqual([17, 16, 15])
  })

  test('where the database is closed', async () => {
    const { db, pages } = await openPages({ pageSize: 3 })
    const loading = pages.loadNext()
    await db.close()
    await loading
    await pages.loadNext()
    expect(pages.getSnapshot()).toMatchObject({ isLoadingNext: false })
  })

  test('where nobody listens', async () => {
    const db = await openTestDatabase({ migrations: [SCHEMA] })
    const pages = db.observePages<Entry>(NEWEST, [], { pageSize: 3 })
    await pages.loadNext()
    expect(ids(pages)).toEqual([20, 19, 18])
    await pages.loadNext()
    expect(ids(pages)).toHaveLength(6)
  })

  test('where the statement fails', async () => {
    const db = await openTestDatabase({ migrations: [SCHEMA] })
    const pages = db.observePages<Entry>('select * from nothing', [], { pageSize: 3 })
    await pages.load()
    expect(pages.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'sql' }, hasNext: false })
    await pages.loadNext()
    await pages.loadPrevious()
  })
})

test.for([
  { pageSize: 0 },
  { pageSize: NaN },
  { pageSize: -3 },
  { pageSize: 2.5 },
  { pageSize: '3' },
  { pageSize: 3, maxPages: 0 },
  { pageSize: 3, maxPages: Infinity },
  undefined,
])('pages of %j are an error, and the next ones are none', async (options) => {
  const db = await openTestDatabase({ migrations: [SCHEMA] })
  const pages = db.observePages<Entry>(NEWEST, [], options as PageOptions)
  expect(pages.getSnapshot()).toMatchObject({
    status: 'error',
    error: { code: 'invalid-argument' },
    hasNext: false,
  })
  expect(db.observePages<Entry>(NEWEST, [], options as PageOptions)).toBe(pages)
  await pages.loadNext()

  const next = db.observePages<Entry>(NEWEST, [], { pageSize: 3 })
  await next.load()
  expect(ids(next)).toEqual([20, 19, 18])
})

test('whoever asks for pages of one size shows the same, and of another size others', async () => {
  const { db, pages } = await openPages({ pageSize: 3 })
  expect(db.observePages(NEWEST, [], { pageSize: 3 })).toBe(pages)
  expect(db.observePages(NEWEST, [], { pageSize: 4 })).not.toBe(pages)
  expect(db.observePages(NEWEST, [], { pageSize: 3, maxPages: 3 })).not.toBe(pages)
  expect(pages.getServerSnapshot()).toMatchObject({ status: 'pending', isFetching: true, hasNext: false })
})
