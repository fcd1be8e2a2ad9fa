import type { Item } from './item-data.ts'

/** Counts and sums by which a lost or a double write is told. */
export interface ItemTotals {
  readonly items: number
  /** Sum of all versions. */
  readonly versions: number
}

/** What a page does with ten thousand rows, in whatever keeps them. */
export interface ItemTable {
  create(): Promise<void>
  /** All in one transaction. */
  insert(items: readonly Item[]): Promise<void>
  /** In the order of their ids. */
  all(): Promise<readonly Item[]>
  get(id: number): Promise<Item | undefined>
  /** Adds one to the version of an item, in a transaction of its own. */
  increment(id: number): Promise<void>
  totals(): Promise<ItemTotals>
}
