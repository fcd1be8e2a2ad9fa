import type { StoredRecord } from '../../record-store.ts'

export const CUSTOMERS = 1000
export const ORDERS = 50_000

export interface Customer extends StoredRecord {
  readonly name: string
  readonly country: string
}

export interface Order extends StoredRecord {
  readonly customer: number
  readonly total: number
  readonly status: number
}

export function customerOf(id: number): Customer {
  return { id, name: `customer ${id}`, country: `country ${id % 20}` }
}

export function orderOf(id: number): Order {
  return { id, customer: ((id * 7919) % CUSTOMERS) + 1, total: (id * 31) % 1000, status: id % 5 }
}
