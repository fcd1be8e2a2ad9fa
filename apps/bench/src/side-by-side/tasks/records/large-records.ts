import type { RecordStore, TableShape } from '../../record-store.ts'
import type { Scale } from '../../scale.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { countKeysWith99, groupBuckets, sumValues, type Fold } from './large-folds.ts'
import { largeRecordOf, type LargeRecord } from './large-record.ts'
import { rounds } from './rounds.ts'

export const LARGE_TABLES: readonly TableShape[] = [{ name: 'kv', indexes: ['bucket'] }]

const ROUNDS = { warmUp: 0, measured: 3 } as const
/** Few enough that a page has room for them, many enough that the calls cost little. */
const WRITTEN_TOGETHER = 50_000
const READ_TOGETHER = 20_000
const PAGES = { count: 20, size: 1000, step: 300 } as const
const RANGE = { index: 'bucket', from: 500, to: 509 } as const

export async function largeRecords(store: RecordStore, scale: Scale): Promise<Measures> {
  const rows = scale.largeRows
  const fill = await timeFill(store, rows)
  await verifyLargeRecords(store, scale)
  return {
    'large-fill': [fill],
    'large-sum': await timeFold(store, rows, sumValues),
    'large-keys': await timeKeys(store),
    'large-range': await timeRange(store, rows),
    'large-scan': await timeFold(store, rows, countKeysWith99),
    'large-group': await timeFold(store, rows, groupBuckets),
  }
}

/** What is left of {@link largeRecords}. */
export async function verifyLargeRecords(store: RecordStore, { largeRows }: Scale): Promise<void> {
  const count = await store.count('kv')
  verify(count === largeRows, `${count} large records`)
}

async function timeFill(store: RecordStore, rows: number): Promise<number> {
  let milliseconds = 0
  for (let first = 1; first <= rows; first += WRITTEN_TOGETHER) {
    const count = Math.min(WRITTEN_TOGETHER, rows - first + 1)
    const records = Array.from({ length: count }, (_, index) => largeRecordOf(first + index))
    milliseconds += await timed(() => store.putAll('kv', records))
  }
  return milliseconds
}

async function timeFold(store: RecordStore, rows: number, create: () => Fold): Promise<readonly number[]> {
  let found: unknown
  const milliseconds = await rounds(ROUNDS, async () => {
    const fold = create()
    for (let first = 1; first <= rows; first += READ_TOGETHER) {
      const records = await store.all<LargeRecord>('kv', first, first + READ_TOGETHER - 1)
      for (const record of records) fold.visit(record)
    }
    found = fold.result()
  })
  const expected = create()
  for (let id = 1; id <= rows; id++) expected.visit(largeRecordOf(id))
  verify(JSON.stringify(found) === JSON.stringify(expected.result()), `${create.name} over large records`)
  return milliseconds
}

/** Pages of keys, each of which overlaps the next one. */
async function timeKeys(store: RecordStore): Promise<readonly number[]> {
  let keys: string[] = []
  const milliseconds = await rounds(ROUNDS, async () => {
    keys = []
    for (let page = 0; page < PAGES.count; page++) {
      const first = page * PAGES.step + 1
      const records = await store.all<LargeRecord>('kv', first, first + PAGES.size - 1)
      for (const { key } of records) keys.push(key)
    }
  })
  const isKey = (key: string, index: number): boolean =>
    key === largeRecordOf(Math.floor(index / PAGES.size) * PAGES.step + (index % PAGES.size) + 1).key
  verify(keys.length === PAGES.count * PAGES.size && keys.every(isKey), 'the keys of large records')
  return milliseconds
}

/** The count and the sum of ids, which the index has by itself. */
async function timeRange(store: RecordStore, rows: number): Promise<readonly number[]> {
  let found = { count: 0, sum: 0 }
  const milliseconds = await rounds(ROUNDS, async () => {
    const ids = await store.ids('kv', RANGE)
    found = { count: ids.length, sum: ids.reduce((sum, id) => sum + id, 0) }
  })
  let sum = 0
  let count = 0
  for (let id = 1; id <= rows; id++) {
    const { bucket } = largeRecordOf(id)
    if (bucket < RANGE.from || bucket > RANGE.to) continue
    count += 1
    sum += id
  }
  verify(found.count === count && found.sum === sum, 'a range of large records')
  return milliseconds
}
