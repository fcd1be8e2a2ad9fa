import { expect, test } from 'vitest'
import { openClient, type EngineClient } from '../../support/engine-client.ts'
import type { LiveProbe } from '../../support/live-probe.ts'

const LIST = 'select id, title from item where list = ? order by position'

async function openItems(): Promise<EngineClient> {
  const client = await openClient()
  await client.exec(`
    create table item (id integer primary key, list integer, position integer, title text);
    create table tag (item integer, name text, primary key (item, name)) without rowid;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
      insert into item select i, i % 2, i * 10, 'item ' || i from n;
    insert into tag select id, 'tag' from item where id % 5 = 0;`)
  return client
}

async function expectFresh(client: EngineClient, probe: LiveProbe): Promise<void> {
  expect(probe.rows).toEqual(await client.query(probe.sql, probe.parameters))
}

/** What the last run read and sent. */
function costOf({ runs, deliveries }: LiveProbe): { readonly read: number; readonly sent: number } {
  return { read: runs.at(-1)?.rowsRead ?? 0, sent: deliveries.at(-1)?.patch.fresh.rowCount ?? 0 }
}

test.for<readonly [what: string, write: string, read: number, sent: number]>([
  ['edited', "update item set title = 'x' where id = 8", 1, 1],
  ['moved', 'update item set position = 5555 where id = 8', 1, 0],
  ['moved to the end', 'update item set position = 99999 where id = 8', 1, 0],
  ['taken out', 'update item set list = 7 where id = 8', 0, 0],
  ['put in', 'update item set list = 0 where id = 7', 1, 1],
  ['deleted', 'delete from item where id = 8', 0, 0],
  ['inserted', "insert into item values (5000, 0, 15, 'new')", 1, 1],
  ['replaced by another', "replace into item values (8, 0, 999, 'again')", 1, 1],
  ['given another id', 'update item set id = 70000 where id = 8', 1, 1],
])('of 500 rows, one is %s: it is read alone', async ([, write, read, sent]) => {
  const client = await openItems()
  const probe = await client.observe(LIST, [0])

  await client.exec(write)

  expect(costOf(probe)).toEqual({ read, sent })
  await expectFresh(client, probe)
})

test('a join reads what changed rows of either table have a part in', async () => {
  const client = await openItems()
  const sql =
    'select i.id, i.title, t.name from item i join tag t on t.item = i.id order by t.name, i.position desc'
  const probe = await client.observe(sql)

  await client.exec("update item set title = 'x' where id = 15")
  expect(costOf(probe)).toEqual({ read: 1, sent: 1 })
  await client.exec("insert into tag values (15, 'a'), (15, 'b')")
  expect(costOf(probe)).toEqual({ read: 2, sent: 2 })
  await client.exec(
    "begin; update tag set name = 'z' where item = 10; update item set title = 'y' where id = 10; commit",
  )
  expect(probe.runs.at(-1)?.rowsRead).toBe(2)
  await expectFresh(client, probe)
  await client.exec('delete from item where id = 15')
  expect(probe.runs.at(-1)?.rowsRead).toBe(0)
  await expectFresh(client, probe)
})

test('what fills up an outer join is read whole, what it fills up is not', async () => {
  const client = await openItems()
  const sql =
    'select i.id, t.name from item i left join tag t on t.item = i.id where i.list = 0 order by i.position, t.name'
  const probe = await client.observe(sql)

  await client.exec('update item set position = 1 where id = 100')
  expect(probe.runs.at(-1)?.rowsRead).toBe(1)
  await expectFresh(client, probe)
  await client.exec("insert into tag values (2, 'b')")
  expect(probe.runs.at(-1)?.rowsRead).toBe(500)
  await expectFresh(client, probe)
})

test('a limit is filled up from rows that are kept, and then from the database', async () => {
  const client = await openItems()
  const sql = 'select id, position from item order by position desc limit 5 offset 2'
  const probe = await client.observe(sql)

  for (let id = 1000; id > 950; id--) {
    await client.exec(`delete from item where id = ${id}`)
    await expectFresh(client, probe)
  }
  const reads = probe.runs.slice(1).map(({ rowsRead }) => rowsRead)
  // Five, and two before them, and ten to spare: they last for eleven runs, of which the first reads them.
  expect(reads.filter((read) => read > 0)).toEqual([17, 17, 17, 17])
  // Far behind the limit, nobody has to know.
  await client.exec("insert into item values (9000, 0, 1, 'last')")
  expect(costOf(probe)).toMatchObject({ read: 1 })
  for (let id = 950; id > 935; id--) {
    await client.exec(`delete from item where id = ${id}`)
    await expectFresh(client, probe)
  }
})

test('a limit that has a name is one, too', async () => {
  const client = await openItems()
  const sql = 'select id from item where list = :list order by position desc limit :most'
  const probe = await client.observe(sql, { list: 1, most: 3 })

  await client.exec('delete from item where id = 999')
  expect(probe.runs.at(-1)?.rowsRead).toBe(0)
  await expectFresh(client, probe)
})

test('many changed rows are read whole', async () => {
  const client = await openItems()
  const probe = await client.observe(LIST, [0])

  await client.exec("update item set title = 'all'")

  expect(costOf(probe)).toEqual({ read: 500, sent: 500 })
  await expectFresh(client, probe)
})

test('an error of a changed row is told, and taken back', async () => {
  const client = await openItems()
  const probe = await client.observe(
    "select id, json_extract(title, '$.a') as a from item where list = 9 order by id",
  )

  await client.exec(`update item set list = 9, title = '{"a":1}' where id = 1`)
  expect(probe.rows).toEqual([{ id: 1, a: 1 }])
  await client.exec("update item set list = 9, title = '{' where id = 2")
  expect(probe.error?.code).toBe('sql')
  await client.exec(`update item set list = 9, title = '{"a":3}' where id = 3`)
  expect(probe.error?.code).toBe('sql')
  await client.exec(`update item set title = '{"a":2}' where id = 2`)
  expect(probe.error).toBeUndefined()
  await expectFresh(client, probe)
})

test.for<readonly [sql: string, why: string]>([
  ['select distinct list from item', 'put together'],
  ['select list from item union select 1', 'put together'],
  ['select id, random() as r from item', 'tells more than its arguments'],
  ["select id, datetime('now') as now from item", 'tells more than its arguments'],
  ['select id, current_timestamp as now from item', 'tells more than its arguments'],
  ['select id, changes() as now from item', 'tells more than its arguments'],
  ['select id from item limit 3', 'no ORDER BY'],
  ['select i.id from item i join item j on i.id = j.position', 'more than once'],
  ['select id from (select id from item)', 'something else'],
  ['select i.id from tag t full join item i on i.id = t.item', 'RIGHT or FULL'],
])('says of %s why it is run whole', async ([sql, why]) => {
  const client = await openItems()
  const { live } = await client.observe(sql)

  const { wholeRuns, tracking } = await client.request('explain', { live })

  expect(wholeRuns).toContain(why)
  expect(tracking).not.toBe('incremental')
})

test('named parameters that are given by position mean the same as in the statement', async () => {
  const client = await openItems()
  const sql = 'select id from item where list = :list and id < 20 order by position = :first desc, id'
  const probe = await client.observe(sql, [0, 80])
  expect(probe.rows[0]).toEqual({ id: 8 })

  await client.exec('update item set position = 80 where id = 12')

  await expectFresh(client, probe)
})
