import type { StoredRecord } from '../../record-store.ts'

export const ITEMS = 10_000

export interface Item extends StoredRecord {
  readonly list: number
  readonly position: number
  readonly name: string
  readonly note: string
  readonly version: number
  readonly price: number
  readonly tag: string
}

export function itemOf(id: number): Item {
  return {
    id,
    list: id % 100,
    position: id * 1.5,
    name: `item number ${id}`,
    note: `a note of some forty characters for item ${id}`,
    version: 0,
    price: Math.round(id * 99) / 100,
    tag: `tag${id % 10}`,
  }
}
