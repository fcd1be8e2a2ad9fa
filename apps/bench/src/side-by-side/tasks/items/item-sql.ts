import type { SqlSession } from '../../sql-session.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { ratesAtOnce, timeEach } from '../../timing.ts'
import {
  ALL_ROWS,
  isItem,
  ITEM_COLUMNS,
  ITEMS,
  itemValues,
  POINTS,
  POINTS_AT_ONCE,
  scatteredItem,
  WRITES,
  WRITES_AT_ONCE,
  WRITTEN,
} from './item-data.ts'

const CREATE_ITEM = `create table item (id integer primary key, list integer, position double precision, name text,
  note text, version integer, price double precision, tag text)`
const SELECT_ITEM = 'select * from item where id = ?'
const UPDATE_ITEM = 'update item set version = version + 1 where id = ?'

export async function itemSql(session: SqlSession): Promise<Measures> {
  await session.run(CREATE_ITEM)
  const rows = Array.from({ length: ITEMS }, (_, index) => itemValues(index + 1))
  const point = async (index: number): Promise<void> => {
    const [row] = await session.query(SELECT_ITEM, [scatteredItem(index)])
    verify(row !== undefined && isItem(row, scatteredItem(index) - 1), 'a row is not what was written')
  }
  const write = (index: number): Promise<void> => session.run(UPDATE_ITEM, [scatteredItem(index)])
  let all: readonly Readonly<Record<string, unknown>>[] = []
  const measures = {
    'insert-rows': [await timed(() => session.insertRows('item', ITEM_COLUMNS, rows))],
    'all-rows': await timeEach(ALL_ROWS, async () => {
      all = await session.query('select * from item order by id')
    }),
    'point-awaited': await timeEach(POINTS, point),
    'point-concurrent': await ratesAtOnce(POINTS_AT_ONCE, point),
    'write-awaited': await timeEach(WRITES, write),
    'write-concurrent': await ratesAtOnce(WRITES_AT_ONCE, write),
  }
  verify(all.length === ITEMS && all.every(isItem), 'the rows are not those that were written')
  await verifyItemSql(session)
  return measures
}

export async function verifyItemSql(session: SqlSession): Promise<void> {
  const [row] = await session.query('select count(*) as items, sum(version) as written from item')
  const [items, written] = [Number(row?.['items']), Number(row?.['written'])]
  verify(items === ITEMS && written === WRITTEN, `${items} rows were written ${written} times`)
}
