import { expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'
import type { LiveProbe } from '../support/live-probe.ts'

/** What a write has cost: how often queries ran, how many rows SQLite gave for that, and how many were sent. */
interface Cost {
  readonly runs: number
  readonly rowsRead: number
  readonly rowsSent: number
}

test('a commit costs what it changed: these are the figures of a fixed scenario', async () => {
  const client = await openClient()
  await client.exec(`
    create table item (id integer primary key, list integer, position integer, title text);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
      insert into item select i, i % 10, i, 'item ' || i from n;`)
  const probes: LiveProbe[] = []
  for (let id = 1; id <= 500; id++) probes.push(await client.observe('select * from item where id = ?', [id]))
  for (let list = 0; list < 10; list++) {
    probes.push(await client.observe('select id, title from item where list = ? order by position', [list]))
  }
  probes.push(await client.observe('select count(*) as n from item where list = 3'))
  probes.push(await client.observe('select id from item where position between 1 and 100 order by id'))
  probes.push(await client.observe('select count(*) as n from item'))
  const costOf = async (sql: string): Promise<Cost> => {
    const before = probes.map(({ runs, deliveries }) => ({
      runs: runs.length,
      deliveries: deliveries.length,
    }))
    await client.exec(sql)
    const runs = probes.flatMap((probe, index) => probe.runs.slice(before[index]?.runs))
    return {
      runs: runs.length,
      rowsRead: runs.reduce((sum, run) => sum + run.rowsRead, 0),
      rowsSent: probes
        .flatMap(({ deliveries }, index) => deliveries.slice(before[index]?.deliveries))
        .reduce((sum, { patch }) => sum + patch.fresh.rowCount, 0),
    }
  }

  // The item itself, and its list.
  expect(await costOf("update item set title = 'x' where id = 7")).toEqual({
    runs: 2,
    rowsRead: 2,
    rowsSent: 2,
  })
  // No item that is shown alone: its list.
  expect(await costOf("update item set title = 'x' where id = 777")).toEqual({
    runs: 1,
    rowsRead: 1,
    rowsSent: 1,
  })
  // From one list to another: both, the item, and the number of those in list 3.
  expect(await costOf('update item set list = 3 where id = 4')).toEqual({ runs: 4, rowsRead: 2, rowsSent: 3 })
  // The item, its list, which shows the rest of it, and those between 1 and 100.
  expect(await costOf('update item set position = 200000 where id = 50')).toEqual({
    runs: 3,
    rowsRead: 2,
    rowsSent: 1,
  })
  // One that is in no list that is shown: the number of all.
  expect(await costOf("insert into item values (20000, 77, 0, 'new')")).toEqual({
    runs: 1,
    rowsRead: 0,
    rowsSent: 1,
  })
  expect(await costOf("update item set title = 'y' where id = 20000")).toEqual({
    runs: 0,
    rowsRead: 0,
    rowsSent: 0,
  })
  expect(await costOf('delete from item where id = 20000')).toEqual({ runs: 1, rowsRead: 0, rowsSent: 1 })
  expect(await costOf('update item set position = position where id = 7')).toEqual({
    runs: 3,
    rowsRead: 3,
    rowsSent: 0,
  })
})
