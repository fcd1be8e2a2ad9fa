/** Queries of a table with more rows than caches hold, in whatever keeps it. */
export interface LargeTable {
  /** Makes so many rows, the fastest way there is. */
  fill(rows: number): Promise<void>
  /** Undefined where it is made with the table. */
  readonly makeIndex: (() => Promise<void>) | undefined
  /** Of the values, which are text. */
  sum(rows: number): Promise<number>
  /** Keys in the order of the ids. */
  keys(first: number, count: number): Promise<readonly string[]>
  /** Of the buckets from one to another, both of them included. */
  range(from: number, to: number): Promise<RangeTotals>
  /** How many have this text in their key. */
  countSought(text: string, rows: number): Promise<number>
  /** By the last digit of the bucket. */
  groups(rows: number): Promise<readonly GroupTotals[]>
  count(): Promise<number>
}

export interface RangeTotals {
  readonly count: number
  /** Sum of the ids. */
  readonly ids: number
}

export interface GroupTotals {
  readonly count: number
  /** Of the ids. */
  readonly average: number
}
