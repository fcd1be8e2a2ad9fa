import type { DatabaseOptions } from '../../src/index.ts'

/** The accounts are those numbered from 1 to this. */
export const ACCOUNTS = 8
/** What all accounts have together, always. */
export const TOTAL = ACCOUNTS * 1000
/** The registers are those numbered from 0, up to but without this. */
export const REGISTERS = 1024

/** A database in which it shows what was applied twice, in part, or not at all. */
export function bankOptions(storage: 'opfs' | 'indexeddb'): DatabaseOptions {
  return {
    storage,
    migrations: [
      'create table register (key integer primary key, value integer not null)',
      `with recursive number (n) as (select 0 union all select n + 1 from number where n < ${REGISTERS - 1})
       insert into register select n, 0 from number`,
      `create table account (id integer primary key, balance integer not null check (balance >= 0));
       with recursive number (n) as (select 1 union all select n + 1 from number where n < ${ACCOUNTS})
       insert into account select n, ${TOTAL / ACCOUNTS} from number`,
      // Without a gap: a place that was given and then undone is given again.
      `create table journal (place integer primary key autoincrement, tab text not null, entry integer not null,
         unique (tab, entry))`,
      `create table transfer (tab text not null, transfer integer not null, source integer not null,
         target integer not null, amount integer not null, primary key (tab, transfer))`,
    ],
  }
}
