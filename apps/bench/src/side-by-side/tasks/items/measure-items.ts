import { timed, verify, type Measures } from '../../task.ts'
import { ratesAtOnce, timeEach } from '../../timing.ts'
import { expectTotals } from '../expect-rows.ts'
import {
  ALL_ROWS,
  isItem,
  itemOf,
  ITEMS,
  POINTS,
  POINTS_AT_ONCE,
  scatteredItem,
  WRITES,
  WRITES_AT_ONCE,
  WRITTEN,
  type Item,
} from './item-data.ts'
import type { ItemTable } from './item-table.ts'

export async function measureItems(table: ItemTable): Promise<Measures> {
  await table.create()
  const items = Array.from({ length: ITEMS }, (_, index) => itemOf(index + 1))
  const inserted = await timed(() => table.insert(items))
  let all: readonly Item[] = []
  const points = new Map<number, Item | undefined>()
  const point = async (index: number): Promise<void> => {
    const id = scatteredItem(index)
    points.set(id, await table.get(id))
  }
  const write = (index: number): Promise<void> => table.increment(scatteredItem(index))
  const measures = {
    'insert-rows': [inserted],
    'all-rows': await timeEach(ALL_ROWS, async () => {
      all = await table.all()
    }),
    'point-awaited': await timeEach(POINTS, point),
    'point-concurrent': await ratesAtOnce(POINTS_AT_ONCE, point),
    'write-awaited': await timeEach(WRITES, write),
    'write-concurrent': await ratesAtOnce(WRITES_AT_ONCE, write),
  }
  verify(all.length === ITEMS && all.every((item, index) => isItem(item, index + 1)), 'all items')
  for (const [id, item] of points) verify(isItem(item, id), `item ${id}`)
  await verifyItems(table)
  return measures
}

/** Fails unless every write is there once. */
export async function verifyItems(table: ItemTable): Promise<void> {
  expectTotals(await table.totals(), { items: ITEMS, versions: WRITTEN }, 'the items')
}
