import type { TableShape } from '../../record-store.ts'
import type { Repeats } from '../../timing.ts'

/** One of ten thousand rows with eight columns. */
export interface Item {
  readonly id: number
  readonly list: number
  readonly position: number
  readonly name: string
  readonly note: string
  readonly version: number
  readonly price: number
  readonly tag: string
}

export const ITEMS = 10_000
export const ITEM_TABLES: readonly TableShape[] = [{ name: 'item', indexes: [] }]

export const ALL_ROWS: Repeats = { warmUp: 2, measured: 7 }
export const POINTS: Repeats = { warmUp: 50, measured: 300, together: 10 }
export const POINTS_AT_ONCE = { rounds: 3, atOnce: 1000 }
export const WRITES: Repeats = { warmUp: 20, measured: 200 }
export const WRITES_AT_ONCE = { rounds: 3, atOnce: 500 }
/** The sum of all versions afterwards: each write adds one to one of them. */
export const WRITTEN = WRITES.warmUp + WRITES.measured + WRITES_AT_ONCE.rounds * WRITES_AT_ONCE.atOnce

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

/** Whether what was read is what was written, but for its version. */
export function isItem(found: Item | undefined, id: number): boolean {
  if (found === undefined) return false
  const { version } = found
  return Object.entries({ ...itemOf(id), version }).every(
    ([column, value]) => found[column as keyof Item] === value,
  )
}

/** Ids far apart, so that no two in a row share a page. */
export function scatteredItem(index: number): number {
  return ((index * 7919) % ITEMS) + 1
}
