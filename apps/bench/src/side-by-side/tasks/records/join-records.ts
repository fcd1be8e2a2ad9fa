import { scattered } from '../../../live/data.ts'
import type { RecordStore, TableShape } from '../../record-store.ts'
import { verify, type Measures } from '../../task.ts'
import { customerOf, CUSTOMERS, orderOf, ORDERS, type Customer, type Order } from './join-data.ts'
import { rounds } from './rounds.ts'
import { totalsByCountry, type CountryTotal } from './totals-by-country.ts'

export const JOIN_TABLES: readonly TableShape[] = [
  { name: 'customers', indexes: [] },
  { name: 'orders', indexes: ['customer'] },
]

const NEWEST = 20

interface OrderOfCustomer {
  readonly id: number
  readonly name: string
  readonly total: number
  readonly status: number
}

export async function joinRecords(store: RecordStore): Promise<Measures> {
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => customerOf(index + 1))
  const orders = Array.from({ length: ORDERS }, (_, index) => orderOf(index + 1))
  await store.putAll('customers', customers)
  await store.putAll('orders', orders)
  return {
    'join-group': await timeGroups(store, customers, orders),
    'join-lookup': await timeLookups(store, orders),
  }
}

async function timeGroups(
  store: RecordStore,
  customers: readonly Customer[],
  orders: readonly Order[],
): Promise<readonly number[]> {
  let found: readonly CountryTotal[] = []
  const milliseconds = await rounds({ warmUp: 1, measured: 5 }, async () => {
    found = totalsByCountry(
      ...(await Promise.all([store.all<Customer>('customers'), store.all<Order>('orders')])),
    )
  })
  verify(isSame(found, totalsByCountry(customers, orders)), 'the totals of countries')
  return milliseconds
}

async function timeLookups(store: RecordStore, orders: readonly Order[]): Promise<readonly number[]> {
  const found = new Map<number, readonly OrderOfCustomer[]>()
  const milliseconds = await rounds({ warmUp: 0, measured: 50 }, async (round) => {
    const id = scattered(round, CUSTOMERS)
    found.set(id, await newestOrders(store, id))
  })
  for (const [customer, rows] of found) {
    const { name } = customerOf(customer)
    const expected = orders
      .filter((order) => order.customer === customer)
      .slice(-NEWEST)
      .toReversed()
      .map(({ id, total, status }) => ({ id, name, total, status }))
    verify(isSame(rows, expected), `the orders of customer ${customer}`)
  }
  return milliseconds
}

async function newestOrders(store: RecordStore, customer: number): Promise<readonly OrderOfCustomer[]> {
  const [known, orders] = await Promise.all([
    store.get<Customer>('customers', customer),
    store.range<Order>('orders', {
      index: 'customer',
      from: customer,
      to: customer,
      isDescending: true,
      limit: NEWEST,
    }),
  ])
  const name = known?.name ?? ''
  return orders.map(({ id, total, status }) => ({ id, name, total, status }))
}

function isSame(found: unknown, expected: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(expected)
}
