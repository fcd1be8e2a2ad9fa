import type { ValueTest } from './row-predicate.ts'

type Range = Extract<ValueTest, { kind: 'range' }>

interface Interval<Item> {
  readonly item: Item
  readonly lower: number | bigint
  readonly upper: number | bigint
}

/**
 * Finds the intervals that hold a number. An array sorted by lower bound, read as a balanced tree of which each
 * node knows the highest upper bound below it (Cormen et al., Introduction to Algorithms, "Interval trees").
 */
export class IntervalIndex<Item> {
  readonly #ranges = new Map<Item, Range>()
  /** Made anew when it is first needed after a change. */
  #tree:
    | { readonly intervals: readonly Interval<Item>[]; readonly highest: readonly (number | bigint)[] }
    | undefined

  get isEmpty(): boolean {
    return this.#ranges.size === 0
  }

  add(item: Item, range: Range): void {
    this.#ranges.set(item, range)
    this.#tree = undefined
  }

  delete(item: Item): void {
    if (this.#ranges.delete(item)) this.#tree = undefined
  }

  /** Those that hold the value, and perhaps some whose bound it is, though that is left out. */
  *at(value: number | bigint): Iterable<Item> {
    this.#tree ??= plant(this.#ranges)
    const { intervals, highest } = this.#tree
    const open: [number, number][] = [[0, intervals.length]]
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const [start, end] = part
      const middle = (start + end) >> 1
      const interval = intervals[middle]
      if (start >= end || interval === undefined || (highest[middle] ?? -Infinity) < value) continue
      open.push([start, middle])
      if (interval.lower > value) continue
      if (interval.upper >= value) yield interval.item
      open.push([middle + 1, end])
    }
  }
}

function plant<Item>(ranges: ReadonlyMap<Item, Range>): {
  readonly intervals: readonly Interval<Item>[]
  readonly highest: readonly (number | bigint)[]
} {
  const intervals = [...ranges]
    .map(([item, { lower, upper }]) => ({
      item,
      lower: lower?.value ?? -Infinity,
      upper: upper?.value ?? Infinity,
    }))
    .toSorted((a, b) => (a.lower < b.lower ? -1 : a.lower > b.lower ? 1 : 0))
  const highest: (number | bigint)[] = []
  const fill = (start: number, end: number): number | bigint => {
    const middle = (start + end) >> 1
    const interval = intervals[middle]
    if (start >= end || interval === undefined) return -Infinity
    const below = [fill(start, middle), fill(middle + 1, end)]
    const top = below.reduce((most, each) => (each > most ? each : most), interval.upper)
    highest[middle] = top
    return top
  }
  fill(0, intervals.length)
  return { intervals, highest }
}
