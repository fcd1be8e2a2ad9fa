import type { Customer, Order } from './join-data.ts'

const STATUS = 1

export interface CountryTotal {
  readonly country: string
  readonly count: number
  readonly sum: number
}

/** The orders with that status, by the country of who made them, the largest sum first. */
export function totalsByCountry(
  customers: readonly Customer[],
  orders: readonly Order[],
): readonly CountryTotal[] {
  const countries = new Map(customers.map(({ id, country }) => [id, country]))
  const totals = new Map<string, { count: number; sum: number }>()
  for (const { customer, total, status } of orders) {
    const country = countries.get(customer)
    if (status !== STATUS || country === undefined) continue
    const known = totals.get(country)
    if (known === undefined) {
      totals.set(country, { count: 1, sum: total })
    } else {
      known.count += 1
      known.sum += total
    }
  }
  return [...totals]
    .map(([country, { count, sum }]) => ({ country, count, sum }))
    .toSorted((one, other) => other.sum - one.sum)
}
