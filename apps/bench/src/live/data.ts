/** What is written and read, the same for everyone, in words that SQLite and Postgres both know. */
export interface Item {
  readonly id: number
  readonly list: number
  readonly name: string
  readonly position: number
  readonly version: number
}

/** Items with ids that follow one another, in one list. */
export interface ItemRange {
  readonly first: number
  readonly count: number
  readonly list: number
}

export const CREATE_ITEM =
  'create table item (id integer primary key, list integer, name text, position integer, version integer)'
export const CREATE_INDEX = 'create index item_by_position on item (list, position)'
export const UPDATE_ITEM = 'update item set version = ? where id = ?'
export const DELETE_ITEMS = 'delete from item where id >= ? and id < ?'
export const COUNT_ITEMS = 'select count(*) as count from item'
export const SELECT_VERSION = 'select version from item where id = ?'

export const SELECT_ITEM = 'select * from item where id = ?'
/** The list whose items are shown in order. */
export const LIST = 1
export const SELECT_LIST = `select id, name, position, version from item where list = ${LIST} order by position`

/** Positions are no two the same, and in another order than the ids: no count is a multiple of this prime. */
const STRIDE = 7919

export function insertItems({ first, count, list }: ItemRange): string {
  return `
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${count - 1})
    insert into item (id, list, name, position, version)
    select i + ${first}, ${list}, 'item ' || i, i * ${STRIDE} % ${count}, 0 from n`
}

export function itemsOf({ first, count, list }: ItemRange): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + first,
    list,
    name: `item ${index}`,
    position: (index * STRIDE) % count,
    version: 0,
  }))
}

/** Numbers from 1 to `count`, each once before any comes again, with none beside the one before. */
export function scattered(index: number, count: number): number {
  return ((index * STRIDE) % count) + 1
}
