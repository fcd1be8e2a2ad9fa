import fc from 'fast-check'
import type { SqlParameters } from '../../../src/values.ts'

export const OWNERS = 3

export const SCHEMA = `
  create table t (id integer primary key, a);
  create table u (x);
  insert into t values (1, 1), (2, null), (3, 3);
`

/** Queries whose results overlap, some of which fail at times: for what is in a row, or for want of a table or column. */
export const QUERIES: readonly (readonly [sql: string, parameters: SqlParameters])[] = [
  ['select * from t order by id', []],
  ['select id, a from t order by id', []],
  ['select count(*) as n from t', []],
  ['select a from t where id = ?', [1]],
  ['select a from t where id = ?', [1n]],
  ['select a from t where id = ?', [2]],
  ['select id from t where a = :a order by id', { a: new Uint8Array([1]) }],
  ['select id from t where a = :a order by id', { a: 1 }],
  ['select id, json(a) as a from t order by id', []],
  ['select x, count(*) over () as n from u order by x', []],
  ['select id from t where id > (select count(*) from u) order by id', []],
  ['select 1 as n', []],
]

const WRITES: readonly ((n: number) => string)[] = [
  (n) => `insert or ignore into t values (${n}, ${n})`,
  (n) => `update t set a = a + 1 where id = ${n}`,
  (n) => `update t set a = 1 where id <= ${n}`,
  (n) => `update t set a = x'01' where id = ${n}`,
  (n) => `update t set a = 'no JSON' where id = ${n}`,
  (n) => `delete from t where id = ${n}`,
  (n) => `insert into u values (${n})`,
  (n) => `delete from u where x = ${n}`,
  (n) => `begin; delete from t; insert into u values (${n}); rollback`,
  () => 'drop table u',
  () => 'create table u (x)',
  () => 'alter table t rename column a to b',
  () => 'alter table t rename column b to a',
]

/** What happens to live queries that several owners share. */
export type SharingStep =
  | { readonly kind: 'observe'; readonly owner: number; readonly query: number }
  | { readonly kind: 'unobserve' | 'refetch'; readonly owner: number; readonly which: number }
  | { readonly kind: 'leave' | 'inspect'; readonly owner: number }
  | { readonly kind: 'write'; readonly sql: string }
  | { readonly kind: 'settle'; readonly hasSnapshot: boolean }

const owner = fc.nat(OWNERS - 1)

export const sharingStep: fc.Arbitrary<SharingStep> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('observe' as const), owner, query: fc.nat(QUERIES.length - 1) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('unobserve' as const, 'unobserve' as const, 'refetch' as const),
      owner,
      which: fc.nat(10),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'inspect' as const), owner }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      sql: fc
        .tuple(fc.constantFrom(...WRITES), fc.integer({ min: 1, max: 5 }))
        .map(([render, n]) => render(n)),
    }),
  },
  {
    weight: 8,
    // Once in ten times, there is none.
    arbitrary: fc.record({ kind: fc.constant('settle' as const), hasSnapshot: fc.nat(9).map((n) => n > 0) }),
  },
)
