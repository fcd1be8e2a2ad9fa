import type { TableShape } from '../../record-store.ts'
import type { Repeats } from '../../timing.ts'
import type { GroupTotals, RangeTotals } from './large-table.ts'

/** A row: text for a key, and a number that the benchmark of absurd-sql keeps as text, too. */
export interface Pair {
  readonly id: number
  readonly key: string
  readonly value: string
  readonly bucket: number
}

export const LARGE_TABLES: readonly TableShape[] = [{ name: 'kv', indexes: ['bucket'] }]
export const SCANS: Repeats = { warmUp: 0, measured: 3 }

export const PREFIX = '0'.repeat(25)
export const STRIDE = 7919
export const VALUES = 100
export const BUCKETS = 1000
export const GROUPS = 10
export const RANGE = { from: 500, to: 509 } as const
export const SOUGHT = '99'
/** Pages of keys, each so far behind the one before. */
export const KEY_PAGES = { pages: 20, rows: 1000, apart: 300 } as const

export function pairOf(id: number): Pair {
  const product = id * STRIDE
  return { id, key: PREFIX + id, value: String(product % VALUES), bucket: product % BUCKETS }
}

/** What is asked of all rows, folded up from one after the other. */
export class LargeAnswers {
  sum = 0
  sought = 0
  readonly #range = { count: 0, ids: 0 }
  readonly #groups = Array.from({ length: GROUPS }, () => ({ count: 0, ids: 0 }))

  static of(rows: number): LargeAnswers {
    const answers = new LargeAnswers()
    for (let id = 1; id <= rows; id++) answers.add(pairOf(id))
    return answers
  }

  get range(): RangeTotals {
    return this.#range
  }

  get groups(): readonly GroupTotals[] {
    return this.#groups.map(({ count, ids }) => ({ count, average: ids / count }))
  }

  add(pair: Pair): void {
    this.addValue(pair)
    this.addSought(pair)
    this.addToGroup(pair)
    if (pair.bucket < RANGE.from || pair.bucket > RANGE.to) return
    this.#range.count += 1
    this.#range.ids += pair.id
  }

  addValue({ value }: Pair): void {
    this.sum += Number(value)
  }

  addSought({ key }: Pair): void {
    if (key.includes(SOUGHT)) this.sought += 1
  }

  addToGroup({ id, bucket }: Pair): void {
    const group = this.#groups[bucket % GROUPS]
    if (group === undefined) return
    group.count += 1
    group.ids += id
  }
}
