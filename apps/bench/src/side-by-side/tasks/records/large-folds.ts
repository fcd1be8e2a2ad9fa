import type { LargeRecord } from './large-record.ts'

/** What comes of all records, looked at one by one. */
export interface Fold {
  visit(record: LargeRecord): void
  result(): unknown
}

export function sumValues(): Fold {
  let sum = 0
  return {
    visit({ value }) {
      sum += Number(value)
    },
    result: () => sum,
  }
}

export function countKeysWith99(): Fold {
  let count = 0
  return {
    visit({ key }) {
      if (key.includes('99')) count += 1
    },
    result: () => count,
  }
}

/** How many there are in each group, and the average of their ids. */
export function groupBuckets(): Fold {
  const groups = Array.from({ length: 10 }, () => ({ count: 0, sum: 0 }))
  return {
    visit({ id, bucket }) {
      const group = groups[bucket % 10]
      if (group === undefined) return
      group.count += 1
      group.sum += id
    },
    result: () => groups.map(({ count, sum }, group) => ({ group, count, average: sum / count })),
  }
}
