import type { TableShape } from '../../record-store.ts'
import type { Repeats } from '../../timing.ts'

export const CUSTOMERS = 1000
export const COUNTRIES = 20
export const ORDERS = 50_000
export const STATUSES = 5
/** The status of the orders that are summed up. */
export const SUMMED_STATUS = 1
export const NEWEST = 20

export const JOIN_TABLES: readonly TableShape[] = [
  { name: 'customer', indexes: [] },
  { name: 'purchase', indexes: ['customer'] },
]
export const GROUPINGS: Repeats = { warmUp: 1, measured: 5 }
export const LOOKUPS: Repeats = { warmUp: 10, measured: 50 }

export interface Customer {
  readonly id: number
  readonly name: string
  readonly country: string
}

export interface Purchase {
  readonly id: number
  readonly customer: number
  readonly total: number
  readonly status: number
}

export function customerOf(id: number): Customer {
  return { id, name: `customer ${id}`, country: `country ${id % COUNTRIES}` }
}

export function purchaseOf(id: number): Purchase {
  return {
    id,
    customer: ((id * 7919) % CUSTOMERS) + 1,
    total: (id * 31) % 1000,
    status: id % STATUSES,
  }
}

/** A customer whose purchases are looked up. */
export function lookedUp(index: number): number {
  return ((index * 379) % CUSTOMERS) + 1
}

/** By country, the number and the sum of the purchases that are summed up. */
export function salesByCountry(): ReadonlyMap<string, { readonly count: number; readonly sum: number }> {
  const sales = new Map<string, { count: number; sum: number }>()
  for (let id = 1; id <= ORDERS; id++) {
    const { customer, total, status } = purchaseOf(id)
    if (status !== SUMMED_STATUS) continue
    const { country } = customerOf(customer)
    const { count, sum } = sales.get(country) ?? { count: 0, sum: 0 }
    sales.set(country, { count: count + 1, sum: sum + total })
  }
  return sales
}

/** The newest purchases of a customer, the newest first. */
export function newestPurchases(customer: number): readonly number[] {
  const ids = Array.from({ length: ORDERS }, (_, index) => ORDERS - index)
  return ids.filter((id) => purchaseOf(id).customer === customer).slice(0, NEWEST)
}
