/** What the runner can ask of a page, each time of a fresh one. All times are in milliseconds. */
export interface Tasks {
  /** From the update of one row to the callback of the one of so many live queries that shows it. */
  timeShown(queries: number): Promise<ShownTimes>
  /** What updates of a row cause that none of so many live queries shows. */
  countSpurious(queries: number): Promise<Spurious>
  /** From the first of many updates to the last callback, for some rounds of them. */
  timeUpdates(queries: number): Promise<readonly number[]>
  /** From the update of one row to the callback with the list of so many rows that it is in. */
  timeList(rows: number): Promise<ListTimes>
  /** Many rows in one transaction, without and with so many live queries of other rows in turn. */
  timeBulk(queries: number): Promise<BulkTimes>
}

export interface ShownTimes {
  readonly milliseconds: readonly number[]
  /** Until the write itself was acknowledged, which some do not wait for to show it. */
  readonly acknowledged: readonly number[]
  /** Until all live queries had shown their first result. */
  readonly opening: number
}

export interface Spurious {
  readonly updates: number
  readonly callbacks: number
  readonly runs: number
}

export interface ListTimes {
  readonly milliseconds: readonly number[]
  /** How many row objects were others after each update. */
  readonly replaced: readonly number[]
}

export interface BulkTime {
  /** Until the write was acknowledged, and the last callback had come that it caused. */
  readonly settled: number
  readonly acknowledged: number
  readonly callbacks: number
}

export interface BulkTimes {
  readonly alone: readonly BulkTime[]
  readonly watched: readonly BulkTime[]
}
