import type { ContenderInfo } from '../../src/live/page.ts'
import type { BulkTime } from '../../src/live/tasks.ts'
import { QUERIES, UPDATES_AT_ONCE } from '../../src/live/workload.ts'
import { median } from '../../src/ratio.ts'
import type { Measured } from './live-figures.ts'
import type { Perform } from './live-pages.ts'
import {
  BULK_WRITE,
  LIST,
  LIST_SIZES,
  QUERY_COUNTS,
  SHOWN,
  SPURIOUS,
  UPDATE_RATE,
  type LiveWorkload,
} from './live-workloads.ts'

/** What everyone does, one after another, before the next thing is measured. */
export interface Measurement {
  readonly workload: LiveWorkload
  readonly size: string
  readonly measure: (perform: Perform, contender: ContenderInfo) => Promise<readonly Measured[]>
}

const OF_QUERIES = `${QUERIES} live queries`

/** Enough to tell in a few minutes. */
export const QUICK_MEASUREMENTS: readonly Measurement[] = [latency(QUERIES)]

export const MEASUREMENTS: readonly Measurement[] = [
  ...QUERY_COUNTS.map(latency),
  spurious(),
  throughput(),
  ...LIST_SIZES.map(largeResult),
  bulkWrite(),
]

function latency(queries: number): Measurement {
  const size = `${queries.toLocaleString('en')} live ${queries === 1 ? 'query' : 'queries'}`
  return {
    workload: SHOWN,
    size,
    async measure(perform) {
      const { milliseconds, acknowledged, opening } = await perform('timeShown', queries)
      const note = `acknowledged after ${median(acknowledged).toFixed(2)} ms; opened in ${(opening / 1000).toFixed(2)} s`
      return [{ size, values: milliseconds, note }]
    },
  }
}

function spurious(): Measurement {
  return {
    workload: SPURIOUS,
    size: OF_QUERIES,
    async measure(perform, { counts }) {
      const { updates, callbacks, runs } = await perform('countSpurious', QUERIES)
      const note = `${callbacks / updates} callbacks; ${counts}`
      return [{ size: OF_QUERIES, values: [runs / updates], note }]
    },
  }
}

function throughput(): Measurement {
  return {
    workload: UPDATE_RATE,
    size: OF_QUERIES,
    async measure(perform) {
      const durations = await perform('timeUpdates', QUERIES)
      const values = durations.map((duration) => (UPDATES_AT_ONCE / duration) * 1000)
      return [{ size: OF_QUERIES, values, note: '' }]
    },
  }
}

function largeResult(rows: number): Measurement {
  const size = `${rows.toLocaleString('en')} rows`
  return {
    workload: LIST,
    size,
    async measure(perform) {
      const { milliseconds, replaced } = await perform('timeList', rows)
      return [
        {
          size,
          values: milliseconds,
          note: `row objects replaced: ${median(replaced).toLocaleString('en')}`,
        },
      ]
    },
  }
}

function bulkWrite(): Measurement {
  return {
    workload: BULK_WRITE,
    size: OF_QUERIES,
    async measure(perform) {
      const { alone, watched } = await perform('timeBulk', QUERIES)
      const times = middleOf(watched, 'settled') / middleOf(alone, 'settled')
      return [
        { size: 'no live query', values: alone.map(({ settled }) => settled), note: '' },
        {
          size: OF_QUERIES,
          values: watched.map(({ settled }) => settled),
          note: [
            `${times.toFixed(2)} x of its own without`,
            `acknowledged after ${middleOf(watched, 'acknowledged').toFixed(0)} ms`,
            `${middleOf(watched, 'callbacks')} callbacks`,
          ].join('; '),
        },
      ]
    },
  }
}

function middleOf(times: readonly BulkTime[], key: keyof BulkTime): number {
  return median(times.map((time) => time[key]))
}
