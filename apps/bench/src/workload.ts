/** What is read and written in every benchmark, the same for all who take part. */
export const ROWS = 10_000
export const COLUMNS = 8
/** Enough that the code of everyone is compiled by the middle one. */
export const ROUNDS = 31
export const COMMITS = 512
/** Rounds of the whole, so that neither side has the better moment. */
export const ALTERNATIONS = 3

export const CREATE_TABLE = `
  drop table if exists item;
  create table item (
    id integer primary key, list integer, position real, name text, note text, done integer, price real, tag text
  );`

export const FILL_TABLE = fillTable(ROWS)
export const SELECT_ALL = 'select * from item'
export const INSERT_ONE = "insert into item (list, name) values (1, 'one more')"

/** As many rows as make a database of about ten megabytes. */
export const FILL_TEN_MEGABYTES = fillTable(100_000)
export const SELECT_FIRST = 'select * from item limit 1'

function fillTable(rows: number): string {
  return `
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into item
    select i, i % 100, i * 1.5, 'item number ' || i, 'a note of some forty characters for item ' || i, i % 2,
      i * 0.99, 'tag' || i % 10
    from n;`
}

/** What the workers of the benchmark can be asked for. Times are in milliseconds. */
export interface LayerTasks {
  /** Opens the database and makes the table anew. */
  open: null
  fill: null
  /** One time each round for all rows as arrays, inside the worker. */
  timeReads: readonly number[]
  /** Durable commits of one row a second, inside the worker. */
  commitRate: number
}

export interface StockTasks extends LayerTasks {
  /** All rows as objects, to be sent to the page. */
  sendRows: readonly unknown[]
  fillTenMegabytes: null
  /** Opens what is there and reads one row. */
  firstRow: readonly unknown[]
}
