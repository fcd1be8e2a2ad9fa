import { BULK, QUERIES, SPURIOUS_UPDATES, UPDATES_AT_ONCE } from '../../src/live/workload.ts'

/** What is measured, each in a table of its own. */
export interface LiveWorkload {
  readonly name: string
  readonly unit: 'ms' | 'a second' | 'runs'
}

const count = (value: number): string => value.toLocaleString('en')

/** Live queries of one row each. */
export const QUERY_COUNTS: readonly number[] = [1, 10, 100, 1000, 10_000]
/** Rows of a list. */
export const LIST_SIZES: readonly number[] = [10_000, 100_000]

export const SHOWN: LiveWorkload = {
  name: 'latency: one-row update to the callback of the one live query that shows the row',
  unit: 'ms',
}
export const SPURIOUS: LiveWorkload = {
  name: `spurious runs: for each of ${SPURIOUS_UPDATES} updates of rows that none of ${QUERIES} live queries shows`,
  unit: 'runs',
}
export const UPDATE_RATE: LiveWorkload = {
  name: `throughput: ${count(UPDATES_AT_ONCE)} one-row updates at once, until acknowledged and shown by ${QUERIES} live queries`,
  unit: 'a second',
}
export const LIST: LiveWorkload = {
  name: 'large result: one-row update to the callback with the list, in order, that the row is in',
  unit: 'ms',
}
export const BULK_WRITE: LiveWorkload = {
  name: `bulk write: ${count(BULK.count)} rows in one transaction, until acknowledged and the last callback`,
  unit: 'ms',
}
