import type { Database } from '@sqlite.org/sqlite-wasm'
import fc from 'fast-check'

/** How a database is made and written. */
export interface Setup {
  readonly autoVacuum: 'none' | 'full' | 'incremental'
  /** Pages. With 3, a transaction of any size spills into the log before it ends. */
  readonly cacheSize: number
  /** Pages in the log at which a commit checkpoints; 0, never. */
  readonly autoCheckpoint: number
  readonly synchronous: 'normal' | 'full'
}

export type Step =
  | { readonly kind: 'write'; readonly sql: string }
  | { readonly kind: 'checkpoint'; readonly mode: 'passive' | 'full' | 'restart' | 'truncate' }
  | { readonly kind: 'flush'; readonly verified: boolean }
  | { readonly kind: 'flush beside the next steps' }
  | { readonly kind: 'begin' | 'read' | 'end'; readonly reader: number }
  | { readonly kind: 'reconnect' }

export const READERS = 3

/** Text that fills pages and differs in every part for every seed. */
function textOf(seed: string, length: number): string {
  return `replace(printf('%0${length}d', 0), '0', printf('%d-', ${seed}))`
}

const seed = fc.nat(999)
const length = fc.constantFrom(1, 40, 300, 2500)
const part = fc.constantFrom(2, 3, 7)

const change: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 25 }), length, seed)
    .map(
      ([rows, size, from]) =>
        `insert into item (text) select ${textOf(`value + ${from}`, size)} from number where value <= ${rows}`,
    ),
  fc
    .tuple(part, length, seed)
    .map(([n, size, from]) => `update item set text = ${textOf(`id + ${from}`, size)} where id % ${n} = 0`),
  part.map((n) => `delete from item where id % ${n} = 0`),
  fc.constant('delete from item where id > (select max(id) / 3 from item)'),
  fc.constant('delete from item'),
  fc.constant('drop index if exists by_text'),
  fc.constant('create index if not exists by_text on item (text)'),
  fc.constant('create table if not exists extra as select id, text from item'),
  fc.constant('drop table if exists extra'),
)

const write: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 2, arbitrary: fc.tuple(change, change, change).map((all) => `begin; ${all.join(';')}; commit`) },
  { weight: 2, arbitrary: fc.tuple(change, change).map((all) => `begin; ${all.join(';')}; rollback`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(change, change, change)
      .map(([a, b, c]) => `begin; ${a}; savepoint s; ${b}; rollback to s; ${c}; commit`),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('vacuum', 'delete from item where id > 4; vacuum', 'delete from item; vacuum'),
  },
  { weight: 1, arbitrary: fc.nat(20).map((pages) => `pragma incremental_vacuum(${pages})`) },
)

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: write.map((sql) => ({ kind: 'write' as const, sql })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('passive' as const, 'full' as const, 'restart' as const, 'truncate' as const)
      .map((mode) => ({ kind: 'checkpoint' as const, mode })),
  },
  { weight: 4, arbitrary: fc.boolean().map((verified) => ({ kind: 'flush' as const, verified })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'flush beside the next steps' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('begin' as const, 'read' as const, 'end' as const),
      reader: fc.nat(READERS - 1),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reconnect' as const }) },
)

export const anySetup: fc.Arbitrary<Setup> = fc.record({
  autoVacuum: fc.constantFrom('none', 'full', 'incremental'),
  cacheSize: fc.constantFrom(3, 1000),
  autoCheckpoint: fc.constantFrom(0, 10, 1000),
  synchronous: fc.constantFrom('normal', 'full'),
})

export const SCHEMA = `
  create table item (id integer primary key, text);
  create table number (value integer primary key);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 25) insert into number select i from n;
  insert into item select value, ${textOf('value', 2500)} from number`

/** All rows of all tables. */
export function dump(database: Database): string {
  const tables = database
    .selectValues("select name from sqlite_schema where type = 'table' order by name")
    .map(String)
  return JSON.stringify(
    tables.map((table) => [table, database.selectArrays(`select * from "${table}" order by 1`)]),
  )
}
