/** What is written and read, the same for everyone, in words that SQLite and Postgres both know. */
export const CREATE_ITEM = 'create table item (id integer primary key, version integer)'
export const INSERT_ITEM = 'insert into item (id, version) values (1, 0)'
export const UPDATE_ITEM = 'update item set version = ? where id = 1'
export const SELECT_VERSION = 'select version from item where id = 1'

/** A row written twice is refused, one that was lost is missing in the count. */
export const CREATE_ENTRY = 'create table entry (tab integer, number integer, primary key (tab, number))'
export const INSERT_ENTRY = 'insert into entry (tab, number) values (?, ?)'
export const COUNT_ENTRIES = 'select count(*) from entry'

export const SELECT_ONE = 'select 1'

/** Calls before those that are measured, until the code of everyone is compiled. */
export function warmUp(calls: number): number {
  return Math.ceil(calls / 10)
}

/** Reads that are timed together: the clock of a page that is not isolated has steps of a tenth of a millisecond. */
export const READS_TOGETHER = 10

/** Writes that each tab has under way at any time while their rate is measured. */
export const IN_FLIGHT = 16
