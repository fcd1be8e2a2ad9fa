import type { TableShape } from '../../record-store.ts'
import type { Repeats } from '../../timing.ts'

/** One of very many rows: text for a key, a number for a value, which absurd-sql's own benchmark keeps as text. */
export interface Pair {
  readonly id: number
  readonly key: string
  readonly value: string
  readonly bucket: number
}

export const LARGE_TABLES: readonly TableShape[] = [{ name: 'kv', indexes: ['bucket'] }]
export const SCANS: Repeats = { warmUp: 0, measured: 3 }

export const PREFIX = '0'.repeat(25)
export const VALUES = 100
export const BUCKETS = 1000
export const GROUPS = 10
/** Buckets of the range that is read by the index, both ends among them. */
export const RANGE = { from: 500, to: 509 }
/** Text that a full scan looks for. */
export const SOUGHT = '99'
/** Pages of keys, each so far behind the one before. */
export const KEY_PAGES = { pages: 20, rows: 1000, apart: 300 }

const STRIDE = 7919

export function pairOf(id: number): Pair {
  return {
    id,
    key: PREFIX + id,
    value: String((id * STRIDE) % VALUES),
    bucket: (id * STRIDE) % BUCKETS,
  }
}

/** What each query must find in so many rows. */
export interface LargeAnswers {
  readonly sum: number
  readonly range: { readonly count: number; readonly ids: number }
  readonly sought: number
  readonly groups: readonly { readonly count: number; readonly average: number }[]
}

export function largeAnswers(rows: number): LargeAnswers {
  const range = { count: 0, ids: 0 }
  const groups = Array.from({ length: GROUPS }, () => ({ count: 0, ids: 0 }))
  let sum = 0
  let sought = 0
  for (let id = 1; id <= rows; id++) {
    const bucket = (id * STRIDE) % BUCKETS
    sum += (id * STRIDE) % VALUES
    if (bucket >= RANGE.from && bucket <= RANGE.to) {
      range.count += 1
      range.ids += id
    }
    if (String(id).includes(SOUGHT)) sought += 1
    const group = groups[bucket % GROUPS]
    if (group === undefined) continue
    group.count += 1
    group.ids += id
  }
  return {
    sum,
    range,
    sought,
    groups: groups.map(({ count, ids }) => ({ count, average: ids / count })),
  }
}
