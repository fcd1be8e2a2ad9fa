import type { ItemRange } from './data.ts'

/** Who takes part in the benchmark of live queries. */
export interface Contender {
  readonly name: string
  /** How it is known that a query ran again. */
  readonly counts: string
  open(database: string): Promise<LiveDatabase>
}

/** A row as a live query shows it, as far as the benchmark looks at it. */
export interface ShownItem {
  readonly id: number
  readonly version: number
}

export type Show = (rows: readonly ShownItem[]) => void
export type StopWatching = () => void | Promise<void>

/** A database with one table, or what stands for it, as a page has it open. */
export interface LiveDatabase {
  /** Makes the table with these rows in it, and the index of a list. */
  create(range: ItemRange): Promise<void>
  /** One transaction. */
  insert(range: ItemRange): Promise<void>
  remove(range: ItemRange): Promise<void>
  /** One row in a transaction of its own. */
  setVersion(id: number, version: number): Promise<void>
  versionOf(id: number): Promise<number>
  count(): Promise<number>
  /** A live query of one row. It settles when the row was shown for the first time. */
  watchItem(id: number, show: Show): Promise<StopWatching>
  /** A live query of all rows of the list in the order of their positions. */
  watchList(show: Show): Promise<StopWatching>
  /** How often live queries ran since it was called, where that can be told from how often they called back. */
  readonly countRuns: (() => () => number) | undefined
}
