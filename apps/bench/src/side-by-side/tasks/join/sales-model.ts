import { NEWEST, STATUS, type Customer, type Purchase } from './sales-data.ts'
import type { CountrySales, NewPurchase } from './sales.ts'

/** What SQL makes of both tables, in the words of the page. */
export function salesByCountry(
  customers: readonly Customer[],
  purchases: readonly Purchase[],
): readonly CountrySales[] {
  const countries = new Map(customers.map(({ id, country }) => [id, country]))
  const sales = new Map<string, { count: number; sum: number }>()
  for (const { customer, total, status } of purchases) {
    const country = countries.get(customer)
    if (status !== STATUS || country === undefined) continue
    const known = sales.get(country) ?? { count: 0, sum: 0 }
    known.count += 1
    known.sum += total
    sales.set(country, known)
  }
  return [...sales]
    .map(([country, { count, sum }]) => ({ country, count, sum }))
    .toSorted((one, other) => other.sum - one.sum || (one.country < other.country ? -1 : 1))
}

export function newestPurchases(customer: Customer, purchases: readonly Purchase[]): readonly NewPurchase[] {
  return purchases
    .filter((purchase) => purchase.customer === customer.id)
    .slice(-NEWEST)
    .toReversed()
    .map(({ id, total }) => ({ id, name: customer.name, total }))
}
