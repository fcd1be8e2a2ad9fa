import type { SqlSession } from '../../sql-session.ts'
import { makeCustomers, makePurchases, NEWEST, STATUS } from './sales-data.ts'
import type { NewPurchase, Sales } from './sales.ts'

const CREATE: readonly string[] = [
  'create table customer (id integer primary key, name text, country text)',
  'create table purchase (id integer primary key, customer integer, total integer, status integer)',
  'create index purchase_by_customer on purchase (customer)',
]
const SELECT_SALES = `
  select c.country as country, count(*) as count, sum(p.total) as sum
  from purchase p join customer c on c.id = p.customer where p.status = ${STATUS}
  group by c.country order by sum(p.total) desc, c.country`
const SELECT_NEWEST = `
  select p.id as id, c.name as name, p.total as total from customer c join purchase p on p.customer = c.id
  where c.id = ? order by p.id desc limit ${NEWEST}`

export function sqlSales(session: SqlSession): Sales {
  return {
    async fill() {
      await session.script(CREATE, 'one')
      const customers = makeCustomers().map(({ id, name, country }) => [id, name, country])
      await session.insertRows('customer', ['id', 'name', 'country'], customers)
      const purchases = makePurchases().map(({ id, customer, total, status }) => [
        id,
        customer,
        total,
        status,
      ])
      await session.insertRows('purchase', ['id', 'customer', 'total', 'status'], purchases)
    },
    async byCountry() {
      return (await session.query(SELECT_SALES)).map((row) => ({
        country: String(row['country']),
        count: Number(row['count']),
        sum: Number(row['sum']),
      }))
    },
    async newest(customer) {
      return (await session.query(SELECT_NEWEST, [customer])) as unknown as readonly NewPurchase[]
    },
  }
}
