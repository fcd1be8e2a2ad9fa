import { expect, test } from 'vitest'
import { openClient, type EngineClient } from '../../support/engine-client.ts'
import type { SqlParameters } from '../../../src/values.ts'
import type { LiveProbe } from '../../support/live-probe.ts'

async function openOrders(): Promise<EngineClient> {
  const client = await openClient()
  await client.exec(`
    create table orders (id integer primary key, customer text, state text, amount integer, price real);
    create table visit (city text collate nocase);
    insert into visit values ('Rome'), ('ROME'), ('Oslo');
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
      insert into orders select i, 'customer ' || (i % 10), iif(i % 3 = 0, 'open', 'done'), i, i / 2.0 from n;`)
  return client
}

async function expectFresh(client: EngineClient, probe: LiveProbe): Promise<void> {
  expect(probe.error).toBeUndefined()
  expect(probe.rows).toEqual(await client.query(probe.sql, probe.parameters))
}

const WRITES = [
  'update orders set amount = amount + 7 where id = 500',
  "insert into orders values (2000, 'customer 3', 'open', 12, 1.5)",
  "insert into orders values (2001, 'customer new', 'open', 12, 1.5)",
  "update orders set customer = 'customer 4' where id = 2000",
  "update orders set state = 'open' where id = 100",
  "insert into orders values (2002, null, 'open', null, null)",
  'delete from orders where id in (2001, 2002)',
  'begin; update orders set amount = 1 where id = 7; update orders set amount = 2 where id = 7; commit',
  'begin; savepoint s; update orders set amount = 9 where id = 8; rollback to s; delete from orders where id = 18; commit',
]

test.for<readonly [sql: string, parameters?: SqlParameters]>([
  ['select count(*) as n from orders'],
  ["select count(*) as n, count(amount) as a from orders where state = 'open'"],
  ['select sum(amount) as s, avg(amount) as a, total(amount) as t from orders'],
  ['select customer, count(*) as n, sum(amount) as s, avg(amount) as a from orders group by customer'],
  ['select state, customer, max(amount) as m from orders where amount > 5 group by state, customer'],
  ['select customer, count(*) from orders group by 1 order by count(*) desc limit 3 offset 1'],
  [
    'select customer, count(*) as n from orders where amount > ? group by customer order by n desc, customer desc limit ?',
    [3, 4],
  ],
  ['select count(*) as n from orders where amount > :least order by n limit :most', { least: 3, most: 4 }],
  ['select count(*) as n from orders order by n limit ?', [0]],
])('%s is adjusted by what changed, and nothing is read', async ([sql, parameters = []]) => {
  const client = await openOrders()
  const probe = await client.observe(sql, parameters)
  const { wholeRuns } = await client.request('explain', { live: probe.live })
  expect(wholeRuns).toBeUndefined()

  for (const write of WRITES.slice(0, -1)) {
    const before = probe.runs.length
    await client.exec(write)
    await expectFresh(client, probe)
    for (const { rowsRead } of probe.runs.slice(before)) expect(rowsRead, write).toBe(0)
  }
  // What was undone to a savepoint is not told apart.
  await client.exec(WRITES.at(-1) ?? '')
  await expectFresh(client, probe)
})

test('a minimum that is taken away is asked for, of its group alone', async () => {
  const client = await openOrders()
  const probe = await client.observe(
    'select customer, min(amount) as least, max(amount) as most from orders group by customer',
  )

  await client.exec('delete from orders where id = 3')
  expect(probe.runs.at(-1)?.rowsRead).toBe(1)
  await expectFresh(client, probe)
  await client.exec('update orders set amount = -5 where id = 4')
  expect(probe.runs.at(-1)?.rowsRead).toBe(0)
  await expectFresh(client, probe)
  await client.exec('update orders set amount = -4 where id = 4')
  expect(probe.runs.at(-1)?.rowsRead).toBe(1)
  await expectFresh(client, probe)
})

test('numbers that a double does not hold are added up by SQLite', async () => {
  const client = await openOrders()
  const probe = await client.observe('select customer, sum(amount) as s from orders group by customer')

  await client.exec('update orders set amount = 9007199254740991 where id = 6')
  await expectFresh(client, probe)
  await client.exec('update orders set amount = 9007199254740990 where id = 16')
  await expectFresh(client, probe)
  await client.exec('update orders set amount = 9007199254740993 where id = 5')
  await expectFresh(client, probe)
  await client.exec('update orders set amount = 9007199254740995 where id = 15')
  await expectFresh(client, probe)
  expect(probe.runs.map(({ rowsRead }) => rowsRead)).toEqual([10, 1, 1, 1, 1])
  await client.exec('update orders set amount = 9223372036854775807 where id in (5, 15)')
  expect(probe.error?.message).toContain('overflow')
  await client.exec('update orders set amount = 1 where id in (5, 15)')
  await expectFresh(client, probe)
})

test('where a condition is not told by rows, the group is asked for', async () => {
  const client = await openOrders()
  const sql =
    "select customer, count(*) as n from orders where amount > 5 and state like 'o%' group by customer"
  const probe = await client.observe(sql)

  await client.exec("update orders set state = 'done' where id = 30")
  expect(probe.runs.at(-1)?.rowsRead).toBe(1)
  await expectFresh(client, probe)
  await client.exec('update orders set amount = 31 where id = 31')
  await expectFresh(client, probe)
})

test.for<string>([
  'select city, count(*) as n from visit group by city',
  'select max(city) as last from visit',
  'select sum(price) as s from orders',
  'select customer, count(*) as n from orders group by customer having count(*) > 3',
  'select count(distinct customer) as n from orders',
  'select count(*) filter (where amount > 3) as n from orders',
  'select count(*) + 1 as n from orders',
  'select lower(customer) as c, count(*) as n from orders group by lower(customer)',
  'select o.customer, count(*) as n from orders o join orders p on p.id = o.amount group by o.customer',
])('%s is run whole', async (sql) => {
  const client = await openOrders()
  const probe = await client.observe(sql)

  expect((await client.request('explain', { live: probe.live })).wholeRuns).toMatch(/^[A-Z].*\.$/)
  for (const write of WRITES) {
    await client.exec(write)
    await expectFresh(client, probe)
  }
})
