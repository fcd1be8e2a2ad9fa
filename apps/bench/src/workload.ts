/** What is read and written in every benchmark, the same for all who take part. */
export const ROWS = 10_000
export const COLUMNS = 8
export const ROUNDS = 31
export const COMMITS = 500

export const CREATE_TABLE =
  'create table item (id integer primary key, list integer, position real, name text, note text, done integer, price real, tag text)'

export const FILL_TABLE = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
  insert into item
  select i, i % 100, i * 1.5, 'item number ' || i, 'a note of some forty characters for item ' || i, i % 2, i * 0.99, 'tag' || i % 10
  from n`

export const SELECT_ALL = 'select * from item'
export const INSERT_ONE = "insert into item (list, name) values (1, 'one more')"

export type BenchmarkTask = 'reads' | 'commits'
export interface ReadTimes {
  /** Milliseconds of each round to read all rows as arrays. */
  readonly rounds: readonly number[]
}
export interface CommitRate {
  readonly perSecond: number
}
