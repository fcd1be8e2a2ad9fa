import { expect, test } from 'vitest'
import { openTestDatabase } from './open-test-database.ts'

const SCHEMA = `
  create table entry (id integer primary key, at integer not null, title text not null);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)
    insert into entry select i, i * 10, 'entry ' || i from n;
`
const NEWEST = 'select id, title from entry order by at desc'

interface Entry {
  readonly id: number
  readonly title: string
}

function ids(rows: readonly Entry[] | undefined): readonly number[] | undefined {
  return rows?.map(({ id }) => id)
}

test('a first page is shown, and further ones as they are loaded', async () => {
  const db = await openTestDatabase({ migrations: [SCHEMA] })
  const log = db.observePages<Entry>(NEWEST, [], { pageSize: 3 })
  const stop = log.subscribe(() => undefined)
  await log.load()
  expect(log.getSnapshot()).toMatchObject({ status: 'success', hasNext: true, hasPrevious: false })
  expect(ids(log.getSnapshot().data)).toEqual([100, 99, 98])
  const [first] = log.getSnapshot().data ?? []

  const loading = log.loadNext()
  expect(log.getSnapshot()).toMatchObject({ isLoadingNext: true, isLoadingPrevious: false })
  await loading

  expect(log.getSnapshot()).toMatchObject({ isLoadingNext: false, hasNext: true })
  expect(ids(log.getSnapshot().data)).toEqual([100, 99, 98, 97, 96, 95])
  expect(log.getSnapshot().data?.[0]).toBe(first)
  expect((await log.explain()).shifts).toBeUndefined()
  console.log(await log.explain(), db.liveQueries.getSnapshot())
  stop()
})
