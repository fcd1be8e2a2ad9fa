import { IN_FLIGHT, READS_TOGETHER } from '../../src/tabs/data.ts'
import type { ContenderInfo } from '../../src/tabs/page.ts'

/** What is measured, each in a table of its own. */
export interface TabWorkload {
  readonly name: string
  readonly unit: 'ms' | 'a second'
  /** What is told beside the median. */
  readonly worst: 'p99' | 'longest' | undefined
}

/** Writes whose way to the other tab is timed. */
export const SHOWN_WRITES = 200
export const READS = 500
export const WRITES = 200
/** Hosts that are crashed, and as many that are closed. */
export const HOSTS_LOST = 10
/** Milliseconds for which the rate of writes is measured. */
export const RATE_MS = 1500
export const TAB_COUNTS: readonly number[] = [1, 4, 8]

export const SHOWN: TabWorkload = {
  name: 'live query: from a one-row write in one tab to the callback in another',
  unit: 'ms',
  worst: 'p99',
}
export const READ: TabWorkload = {
  name: `round trip: 'select 1', one after another, in means of ${READS_TOGETHER}`,
  unit: 'ms',
  worst: 'p99',
}
export const WRITE: TabWorkload = {
  name: 'round trip: one-row writes, one after another',
  unit: 'ms',
  worst: 'p99',
}
export const GAP: TabWorkload = {
  name: 'host lost: longest time between two acknowledged writes of a guest',
  unit: 'ms',
  worst: 'longest',
}
export const RATE: TabWorkload = {
  name: `rate: one-row writes of all tabs together, each with ${IN_FLIGHT} under way`,
  unit: 'a second',
  worst: undefined,
}

/** Why a slow contender does not take part in what needs many calls. */
export const TOO_SLOW = 'one call takes so long (see the round trips) that this would take minutes'

/** How many calls a contender makes where others make so many. */
export function callsOf({ isSlow }: ContenderInfo, calls: number): number {
  return isSlow ? calls / 10 : calls
}
