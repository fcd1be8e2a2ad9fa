import type { QueryExplanation, TableTracking, Tracking } from '../../link/live-protocol.ts'
import type { SqlValue } from '../../values.ts'
import type { ConditionsByTable, PredicateObstacle } from './predicates/column-conditions.ts'
import type { Bound, ColumnTest, RowPredicate } from './predicates/row-predicate.ts'
import { quote } from '../sqlite/quote.ts'
import { splitTableKey, type TableKey } from '../sqlite/statement-access.ts'
import type { IncrementalObstacle } from './incremental/incremental-plan.ts'
import type { HeldResult } from './held-result.ts'
import type { QueryShape } from './query-shapes.ts'
import type { ReadSet } from './read-set.ts'

/** Why rows are not told apart. */
const LIMITS: Readonly<Record<PredicateObstacle, string>> = {
  'unknown-reads': 'It reads something of which nobody knows what it depends on.',
  'virtual-table': 'It reads a virtual table, which may read other tables on its own.',
  view: 'It reads through a view.',
  'unknown-syntax': 'The statement was not understood.',
  'may-fail': 'A function in a condition may fail on a row that is not in the result.',
  'not-once': 'The table stands in the statement more than once, or under the name of another.',
  'no-condition': 'No condition compares a column of it, alone, with a value that is the same for each row.',
  'unsure-column': 'Of the columns in its conditions it is not sure how SQLite compares them.',
}
const UNSURE_VALUE = 'SQLite would convert a value before it compares it: give it the type of the column.'
/** Why changed rows are not evaluated alone. */
const WHOLE: Readonly<Record<IncrementalObstacle, string>> = {
  'unknown-reads': LIMITS['unknown-reads'],
  'virtual-table': LIMITS['virtual-table'],
  view: LIMITS.view,
  'unknown-syntax': LIMITS['unknown-syntax'],
  'may-fail': LIMITS['may-fail'],
  'not-once': 'Each of its tables stands in it more than once, or fills up an outer join.',
  combined: 'It is put together of several, or takes rows together (DISTINCT, windows).',
  aggregate: 'It takes rows together (GROUP BY or an aggregate).',
  'not-deterministic': 'A function in it tells more than its arguments, as the time, or takes rows together.',
  'no-table': 'It selects from something else than tables.',
  'no-key': 'The rows of a table cannot be told apart by a key that compares by its bytes.',
  'outer-join': 'A RIGHT or FULL JOIN has rows of which no row of a table is the source.',
  'unsure-order': 'It is not sure how SQLite sorts by what is in its ORDER BY.',
  'unordered-limit': 'It has a LIMIT and no ORDER BY, so that any rows will do.',
  'unsure-limit': 'Its LIMIT is neither a number nor a parameter.',
}
const NOT_KEPT = 'Its result is too large, or not sorted as it would be compared.'
const UNKNOWN = 'It could not be prepared, so that only a change of the schema is waited for.'

/** How finely a query is tracked, and what limits that. */
export function explainTracking(
  reads: ReadSet | undefined,
  shape: QueryShape | undefined,
  held: HeldResult | undefined,
): Omit<QueryExplanation, 'lastRun' | 'shifts'> {
  const keptBytes = held?.bytes ?? 0
  if (reads === undefined || shape === undefined) {
    return { tracking: 'everything', tables: [], limit: UNKNOWN, wholeRuns: UNKNOWN, keptBytes }
  }
  const tables = [...reads.tables.keys()].map((key) => explainTable(key, reads, shape.conditions.get(key)))
  const wholeRuns = held?.kind === 'followed' ? undefined : whyWhole(shape)
  return reads.everything
    ? { tracking: 'everything', tables, limit: LIMITS['unknown-reads'], wholeRuns, keptBytes }
    : { tracking: coarsest(tables), tables, limit: undefined, wholeRuns, keptBytes }
}

function whyWhole({ plan }: QueryShape): string {
  return typeof plan === 'string' ? WHOLE[plan] : NOT_KEPT
}

function explainTable(
  key: TableKey,
  { tables, predicates, follows }: ReadSet,
  conditions: ReturnType<ConditionsByTable['get']>,
): TableTracking {
  const columns = tables.get(key) ?? 'all'
  const predicate = predicates.get(key)
  const named = columns === 'all' ? undefined : [...columns].filter((column) => column !== '')
  return {
    ...splitTableKey(key),
    tracking: follows.has(key)
      ? 'incremental'
      : predicate !== undefined
        ? 'predicate'
        : named === undefined
          ? 'table'
          : 'column',
    columns: named,
    conditions: predicate === undefined ? [] : describe(predicate),
    limit:
      predicate !== undefined || follows.has(key)
        ? undefined
        : typeof conditions === 'string'
          ? LIMITS[conditions]
          : UNSURE_VALUE,
  }
}

const ORDER: readonly Tracking[] = ['everything', 'table', 'column', 'predicate', 'incremental']

function coarsest(tables: readonly TableTracking[]): Tracking {
  return tables
    .map(({ tracking }) => tracking)
    .reduce((known, each) => (ORDER.indexOf(each) < ORDER.indexOf(known) ? each : known), 'incremental')
}

function describe(predicate: RowPredicate): readonly string[] {
  return predicate.map(describeTest)
}

function describeTest({ column: { name }, test }: ColumnTest): string {
  const column = /^[a-z_]\w*$/i.test(name) ? name : quote(name)
  if (test.kind === 'equal') {
    const values = [...test.values.values()].map(literal)
    return values.length === 1 ? `${column} = ${values[0]}` : `${column} in (${values.join(', ')})`
  }
  const above = (bound: Bound): string => `${column} ${bound.isIncluded ? '>=' : '>'} ${bound.value}`
  const below = (bound: Bound): string => `${column} ${bound.isIncluded ? '<=' : '<'} ${bound.value}`
  return [test.lower && above(test.lower), test.upper && below(test.upper)].filter(Boolean).join(' and ')
}

function literal(value: SqlValue): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (!(value instanceof Uint8Array)) return String(value)
  return `x'${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`
}
