import type { Row, SqlSession } from '../../sql-session.ts'
import { verify, type Measures } from '../../task.ts'
import { timeEach } from '../../timing.ts'
import {
  customerOf,
  CUSTOMERS,
  GROUPINGS,
  lookedUp,
  LOOKUPS,
  NEWEST,
  newestPurchases,
  ORDERS,
  purchaseOf,
  salesByCountry,
  SUMMED_STATUS,
} from './join-data.ts'

const GROUP = `
  select c.country as country, count(*) as count, sum(p.total) as sum
  from purchase p join customer c on c.id = p.customer where p.status = ${SUMMED_STATUS}
  group by c.country order by sum(p.total) desc, c.country`
const LOOK_UP = `
  select p.id as id, c.name as name, p.total as total from customer c join purchase p on p.customer = c.id
  where c.id = ? order by p.id desc limit ${NEWEST}`

export async function joinSql(session: SqlSession): Promise<Measures> {
  await session.run('create table customer (id integer primary key, name text, country text)')
  await session.run(
    'create table purchase (id integer primary key, customer integer, total integer, status integer)',
  )
  await session.insertRows('customer', ['id', 'name', 'country'], valuesOf(CUSTOMERS, customerOf))
  await session.insertRows('purchase', ['id', 'customer', 'total', 'status'], valuesOf(ORDERS, purchaseOf))
  await session.run('create index purchase_by_customer on purchase (customer)')
  let groups: readonly Row[] = []
  let found: readonly Row[] = []
  const measures = {
    'join-group': await timeEach(GROUPINGS, async () => {
      groups = await session.query(GROUP)
    }),
    'join-lookup': await timeEach(LOOKUPS, async (index) => {
      found = await session.query(LOOK_UP, [lookedUp(index)])
    }),
  }
  const sales = salesByCountry()
  const isRight = groups.every((row) => {
    const expected = sales.get(String(row['country']))
    return expected?.count === Number(row['count']) && expected.sum === Number(row['sum'])
  })
  verify(groups.length === sales.size && isRight, 'the sales of a country are others')
  const newest = newestPurchases(lookedUp(LOOKUPS.warmUp + LOOKUPS.measured - 1))
  verify(found.map((row) => row['id']).join() === newest.join(), 'the newest purchases are others')
  return measures
}

function valuesOf<Entry extends object>(
  count: number,
  entryOf: (id: number) => Entry,
): (string | number)[][] {
  return Array.from({ length: count }, (_, index) => Object.values(entryOf(index + 1)))
}
