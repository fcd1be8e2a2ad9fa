import type { SqlSession } from '../../sql-session.ts'
import { itemOf, type Item } from './item-data.ts'
import type { ItemTable } from './item-table.ts'

const CREATE = `create table item (id integer primary key, list integer, position double precision, name text,
  note text, version integer, price double precision, tag text)`
const COLUMNS = Object.keys(itemOf(1))
const SELECT_ALL = 'select * from item order by id'
const SELECT_ONE = 'select * from item where id = ?'
const INCREMENT = 'update item set version = version + 1 where id = ?'
const SELECT_TOTALS = 'select count(*) as items, sum(version) as versions from item'

export function sqlItems(session: SqlSession): ItemTable {
  return {
    create: () => session.run(CREATE),
    insert: (items) => session.insertRows('item', COLUMNS, items.map(Object.values)),
    all: () => session.query(SELECT_ALL) as Promise<readonly unknown[]> as Promise<readonly Item[]>,
    async get(id) {
      return (await session.query(SELECT_ONE, [id]))[0] as Item | undefined
    },
    increment: (id) => session.run(INCREMENT, [id]),
    async totals() {
      const [row] = await session.query(SELECT_TOTALS)
      return { items: Number(row?.['items']), versions: Number(row?.['versions']) }
    },
  }
}
