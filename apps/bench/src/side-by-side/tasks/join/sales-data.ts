import type { TableShape } from '../../record-store.ts'
import type { Repeats } from '../../timing.ts'

export const SALES_TABLES: readonly TableShape[] = [
  { name: 'customer', indexes: [] },
  { name: 'purchase', indexes: ['customer'] },
]
export const GROUPINGS: Repeats = { warmUp: 1, measured: 5 }
export const LOOKUPS: Repeats = { warmUp: 10, measured: 50 }

const CUSTOMERS = 1000
const COUNTRIES = 20
const PURCHASES = 50_000
const STATUSES = 5
/** Of the purchases that are summed up. */
export const STATUS = 1
/** How many of a customer are shown. */
export const NEWEST = 20

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

export function makeCustomers(): readonly Customer[] {
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const id = index + 1
    return { id, name: `customer ${id}`, country: `country ${id % COUNTRIES}` }
  })
}

export function makePurchases(): readonly Purchase[] {
  return Array.from({ length: PURCHASES }, (_, index) => {
    const id = index + 1
    return {
      id,
      customer: ((id * 7919) % CUSTOMERS) + 1,
      total: (id * 31) % 1000,
      // Else it would follow from the country.
      status: Math.floor(id / 1000) % STATUSES,
    }
  })
}

/** A customer whose purchases are looked up. */
export function lookedUp(index: number): number {
  return ((index * 379) % CUSTOMERS) + 1
}
