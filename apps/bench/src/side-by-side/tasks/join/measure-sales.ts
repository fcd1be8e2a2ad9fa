import type { Measures } from '../../task.ts'
import { timeEach } from '../../timing.ts'
import { expectRows } from '../expect-rows.ts'
import { GROUPINGS, lookedUp, LOOKUPS, makeCustomers, makePurchases } from './sales-data.ts'
import { newestPurchases, salesByCountry } from './sales-model.ts'
import type { CountrySales, NewPurchase, Sales } from './sales.ts'

export async function measureSales(sales: Sales): Promise<Measures> {
  await sales.fill()
  const groupings: (readonly CountrySales[])[] = []
  const lookups = new Map<number, readonly NewPurchase[]>()
  const measures = {
    'join-group': await timeEach(GROUPINGS, async () => groupings.push(await sales.byCountry())),
    'join-lookup': await timeEach(LOOKUPS, async (index) => {
      lookups.set(lookedUp(index), await sales.newest(lookedUp(index)))
    }),
  }
  const customers = makeCustomers()
  const purchases = makePurchases()
  const expected = salesByCountry(customers, purchases)
  for (const found of groupings) expectRows(found, expected, ['country', 'count', 'sum'], 'sales')
  for (const [id, found] of lookups) {
    const customer = customers.find((candidate) => candidate.id === id)
    if (customer === undefined) continue
    expectRows(found, newestPurchases(customer, purchases), ['id', 'name', 'total'], 'purchases')
  }
  return measures
}
