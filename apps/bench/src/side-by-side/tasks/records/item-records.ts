import { scattered } from '../../../live/data.ts'
import type { RecordStore, TableShape } from '../../record-store.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { itemOf, ITEMS, type Item } from './item.ts'
import { rounds } from './rounds.ts'

export const ITEM_TABLES: readonly TableShape[] = [{ name: 'item', indexes: [] }]

/** Some are timed together: the clock of a page that is not isolated has steps of a tenth of a millisecond. */
const READS = { warmUp: 50, awaited: 300, together: 10, rounds: 3, atOnce: 1000 } as const
const WRITES = { warmUp: 20, awaited: 200, rounds: 3, atOnce: 500 } as const

export async function itemRecords(store: RecordStore): Promise<Measures> {
  const items = Array.from({ length: ITEMS }, (_, index) => itemOf(index + 1))
  const insertion = await timed(() => store.putAll('item', items))
  verify((await store.count('item')) === ITEMS, 'the number of items')
  return {
    'insert-rows': [insertion],
    'all-rows': await timeAllRows(store),
    'point-awaited': await timeAwaitedReads(store),
    'point-concurrent': await rateConcurrentReads(store),
    ...(await writeVersions(store)),
  }
}

/** What is left of {@link itemRecords}. */
export async function verifyItemRecords(store: RecordStore): Promise<void> {
  const items = await store.all<Item>('item')
  verify(items.length === ITEMS, `${items.length} items`)
  const versions = items.reduce((sum, { version }) => sum + version, 0)
  const writes = WRITES.warmUp + WRITES.awaited + WRITES.rounds * WRITES.atOnce
  verify(versions === writes, `the versions sum up to ${versions}, after ${writes} writes`)
}

async function timeAllRows(store: RecordStore): Promise<readonly number[]> {
  let items: readonly Item[] = []
  const milliseconds = await rounds({ warmUp: 2, measured: 7 }, async () => {
    items = await store.all<Item>('item')
  })
  verify(items.length === ITEMS, `${items.length} items`)
  items.forEach((item, index) => verifyItem(item, index + 1))
  return milliseconds
}

async function timeAwaitedReads(store: RecordStore): Promise<readonly number[]> {
  const { warmUp, awaited, together } = READS
  const ids = scatteredIds(warmUp + awaited)
  const found: (Item | undefined)[] = []
  const blocks = await rounds({ warmUp: warmUp / together, measured: awaited / together }, async (block) => {
    for (const id of ids.slice(block * together, (block + 1) * together)) {
      found.push(await store.get<Item>('item', id))
    }
  })
  ids.forEach((id, index) => verifyItem(found[index], id))
  return blocks.map((milliseconds) => milliseconds / together)
}

async function rateConcurrentReads(store: RecordStore): Promise<readonly number[]> {
  const ids = scatteredIds(READS.atOnce)
  let found: readonly (Item | undefined)[] = []
  const milliseconds = await rounds({ warmUp: 0, measured: READS.rounds }, async () => {
    found = await Promise.all(ids.map((id) => store.get<Item>('item', id)))
  })
  ids.forEach((id, index) => verifyItem(found[index], id))
  return milliseconds.map((each) => (1000 * ids.length) / each)
}

async function writeVersions(store: RecordStore): Promise<Measures> {
  const { warmUp, awaited, atOnce } = WRITES
  const increment = (index: number): Promise<void> =>
    store.increment('item', scattered(index, ITEMS), 'version', 1)
  const one = await rounds({ warmUp, measured: awaited }, increment)
  const many = await rounds({ warmUp: 0, measured: WRITES.rounds }, () =>
    Promise.all(Array.from({ length: atOnce }, (_, index) => increment(index))),
  )
  await verifyItemRecords(store)
  return { 'write-awaited': one, 'write-concurrent': many.map((each) => (1000 * atOnce) / each) }
}

function scatteredIds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => scattered(index, ITEMS))
}

function verifyItem(found: Item | undefined, id: number): void {
  const properties = new Map<string, unknown>(Object.entries(found ?? {}))
  const isEqual = Object.entries(itemOf(id)).every(([property, value]) => properties.get(property) === value)
  verify(isEqual, `item ${id} is not what was written`)
}
