import fc from 'fast-check'
import type { SqlValue } from '../../../src/values.ts'
import type { OrderTerm } from '../../../src/worker/reactive/incremental/row-order.ts'

export const PAGED_SCHEMA = `
  create table t (id integer primary key, a, b text collate nocase, c integer not null);
  create table u (k text, n integer, v, primary key (k, n)) without rowid;
  create index t_by_c on t (c desc, b);
`

/** A statement to be shown by pages, and how a model orders its rows. */
export interface PagedStatement {
  readonly sql: string
  /** The same, with what it is sorted by after its columns. */
  readonly model: string
  readonly columns: number
  readonly order: readonly OrderTerm[]
}

interface Source {
  readonly columns: string
  readonly count: number
  readonly from: string
  readonly keys: readonly string[]
  /** What it can be sorted by: as ORDER BY has it, as an expression, and how that is compared. */
  readonly terms: readonly (readonly [by: string, expression: string, collation: OrderTerm['collation']])[]
}

const OF_T = [
  ['a', 'a', 'binary'],
  ['b', 'b', 'nocase'],
  ['c', 'c', 'binary'],
  ['b collate binary', 'b', 'binary'],
  ['length(b)', 'length(b)', 'binary'],
  ['c % 3', 'c % 3', 'binary'],
] as const

const SOURCES: readonly Source[] = [
  {
    columns: '*',
    count: 4,
    from: 't',
    keys: ['t.id'],
    terms: [...OF_T, ['2', 'a', 'binary'], ['4', 'c', 'binary']],
  },
  {
    columns: 'id, c as a, b || id as x, a as "c"',
    count: 4,
    from: 't',
    keys: ['t.id'],
    terms: [
      ['a', 't.c', 'binary'],
      ['x', 'b || id', 'binary'],
      ['c', 't.a', 'binary'],
      ['t.b', 't.b', 'nocase'],
      ['3 collate nocase', 'b || id', 'nocase'],
    ],
  },
  {
    columns: '*',
    count: 3,
    from: 'u where n > ?1',
    keys: ['u.k', 'u.n'],
    terms: [
      ['v', 'v', 'binary'],
      ['n', 'n', 'binary'],
    ],
  },
  {
    columns: 'u.*, t.a, t.id',
    count: 5,
    from: 't join u on u.n = t.c where t.id > :1',
    keys: ['t.id', 'u.k', 'u.n'],
    terms: [
      ['1', 'u.k', 'binary'],
      ['t.b', 't.b', 'nocase'],
      ['3', 'u.v', 'binary'],
    ],
  },
  {
    columns: 't.id, u.k, u.v',
    count: 3,
    from: 't left join u on u.n = t.c',
    keys: ['t.id', 'u.k', 'u.n'],
    terms: [
      ['u.v', 'u.v', 'binary'],
      ['u.n', 'u.n', 'binary'],
      ['t.c', 't.c', 'binary'],
    ],
  },
]

const sortedTerms = (source: Source): fc.Arbitrary<PagedStatement> =>
  fc
    .array(
      fc.record({
        term: fc.constantFrom(...source.terms),
        direction: fc.constantFrom('up', 'down'),
        nulls: fc.constantFrom('first', 'last', undefined),
      }),
      { maxLength: 3 },
    )
    .map((sorted) => {
      const order = sorted.map(({ term: [, , collation], direction, nulls }, index): OrderTerm => {
        const usual = direction === 'up' ? 'first' : 'last'
        return { column: source.count + index, collation, direction, nulls: nulls ?? usual }
      })
      // Ties are broken by the keys, in the direction of the last term.
      const last = order.at(-1)?.direction ?? 'up'
      const ties = source.keys.map((_, index): OrderTerm => {
        const nulls = last === 'up' ? 'first' : 'last'
        return { column: source.count + sorted.length + index, collation: 'binary', direction: last, nulls }
      })
      const texts = sorted.map(({ term: [by], direction, nulls }) =>
        [by, direction === 'down' ? 'desc' : '', nulls === undefined ? '' : `nulls ${nulls}`].join(' '),
      )
      const orderBy = texts.length === 0 ? '' : ` order by ${texts.join(', ')}`
      const expressions = [...sorted.map(({ term: [, expression] }) => expression), ...source.keys]
      return {
        sql: `select ${source.columns} from ${source.from}${orderBy}`,
        model: `select ${source.columns}, ${expressions.join(', ')} from ${source.from}`,
        columns: source.count,
        order: [...order, ...ties],
      }
    })

export const pagedStatement: fc.Arbitrary<PagedStatement> = fc.constantFrom(...SOURCES).chain(sortedTerms)

/** What has no row that pages could begin with. */
export const shiftingStatement: fc.Arbitrary<string> = fc.constantFrom(
  'select distinct c from t order by c',
  'select c, count(*) as n from t group by c order by n desc, c',
  'select * from t order by c, id limit 12 offset 2',
  'select a from t union all select v from u order by 1',
  'select id, row_number() over (order by c, id) as place from t order by place',
  'select id from t order by abs(c), id',
)

const value: fc.Arbitrary<SqlValue> = fc.constantFrom<SqlValue>(
  null,
  null,
  0,
  1,
  2,
  1.5,
  -1,
  2n ** 60n,
  'a',
  'A',
  'b',
  'é',
  '',
  new Uint8Array([1]),
)
const text = fc.constantFrom('a', 'A', 'b', 'B', 'bb', null)
const small = fc.integer({ min: 0, max: 5 })
const id = fc.integer({ min: 1, max: 30 })

/** A statement that writes, with its parameters. */
export const pagedWrite: fc.Arbitrary<readonly [sql: string, parameters: readonly SqlValue[]]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constant('replace into t values (?, ?, ?, ?)'), fc.tuple(id, value, text, small)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('replace into u values (?, ?, ?)'),
      fc.tuple(fc.constantFrom('a', 'b', 'c'), small, value),
    ),
  },
  fc.tuple(fc.constant('update t set a = ? where id = ?'), fc.tuple(value, id)),
  fc.tuple(fc.constant('update t set c = ? where id = ?'), fc.tuple(small, id)),
  fc.tuple(fc.constant('update or replace t set b = ?, id = id + 100 where id = ?'), fc.tuple(text, id)),
  fc.tuple(fc.constant('delete from t where id = ?'), fc.tuple(id)),
  fc.tuple(fc.constant('delete from u where n = ?'), fc.tuple(small)),
)
