import type { ItemRange } from './data.ts'

/** Rows of the table in which single rows are watched. */
export const ITEMS: ItemRange = { first: 1, count: 10_000, list: 1 }
/** Live queries open while something else is measured. */
export const QUERIES = 100

export const UPDATES_SHOWN = 100
/** Updates before those that are measured, until the code of everyone is compiled. */
export const WARM_UP = 10
/** After so long nothing more is measured, however little there is. */
export const LIMIT_MS = 20_000
/** A pause without any callback, after which the next update finds all at rest. */
const REST_MS = 30
/** Longer than anyone puts a run off. */
export const LONG_REST_MS = 500

/** Who takes long for one update makes longer pauses between the callbacks that it causes, too. */
export function restAfter(milliseconds = 0): number {
  return Math.min(Math.max(milliseconds, REST_MS), LONG_REST_MS)
}

/** Without the first times, which are of code that is not compiled yet: fewer of them where there are few. */
export function withoutWarmUp(times: readonly number[]): readonly number[] {
  return times.slice(Math.min(WARM_UP, Math.floor(times.length / 10)))
}

export const SPURIOUS_UPDATES = 10

export const UPDATES_AT_ONCE = 1000
export const UPDATE_ROUNDS = 3

export const LIST_UPDATES = 30

export const BULK: ItemRange = { first: 1_000_001, count: 50_000, list: 2 }
export const BULK_ROUNDS = 3
/** Some keep a query up to date for a second after the last subscription. */
export const GRACE_MS = 1500
