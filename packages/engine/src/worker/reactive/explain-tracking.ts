import type { QueryExplanation, TableTracking, Tracking } from '../../link/live-protocol.ts'
import type { SqlValue } from '../../values.ts'
import type { ConditionsByTable, PredicateObstacle } from './predicates/column-conditions.ts'
import type { Bound, ColumnTest, RowPredicate } from './predicates/row-predicate.ts'
import { quote } from '../sqlite/quote.ts'
import { splitTableKey, type TableKey } from '../sqlite/statement-access.ts'
import type { ReadSet } from './read-set.ts'

/** Why rows are not told apart. */
const LIMITS: Readonly<Record<PredicateObstacle, string>> = {
  'unknown-reads': 'It reads something of which nobody knows what it depends on.',
  'virtual-table': 'It reads a virtual table, which may read other tables on its own.',
  view: 'It reads through a view or a common table expression.',
  'unknown-syntax': 'The statement was not understood.',
  'may-fail': 'A function in a condition may fail on a row that is not in the result.',
  'not-once': 'The table stands in the statement more than once, or under the name of another.',
  'no-condition': 'No condition compares a column of it, alone, with a value that is the same for each row.',
  'unsure-column': 'Of the columns in its conditions it is not sure how SQLite compares them.',
}
const UNSURE_VALUE = 'SQLite would convert a value before it compares it: give it the type of the column.'
const UNKNOWN = 'It could not be prepared, so that only a change of the schema is waited for.'

/** How finely a query is tracked, and what limits that. */
export function explainTracking(
  reads: ReadSet | undefined,
  conditions: ConditionsByTable | undefined,
): Omit<QueryExplanation, 'lastRun'> {
  if (reads === undefined) return { tracking: 'everything', tables: [], limit: UNKNOWN }
  const tables = [...reads.tables.keys()].map((key) => explainTable(key, reads, conditions?.get(key)))
  const tracking = reads.everything ? 'everything' : coarsest(tables)
  return { tracking, tables, limit: reads.everything ? LIMITS['unknown-reads'] : undefined }
}

function explainTable(
  key: TableKey,
  { tables, predicates }: ReadSet,
  conditions: ReturnType<ConditionsByTable['get']>,
): TableTracking {
  const columns = tables.get(key) ?? 'all'
  const predicate = predicates.get(key)
  const named = columns === 'all' ? undefined : [...columns].filter((column) => column !== '')
  return {
    ...splitTableKey(key),
    tracking: predicate !== undefined ? 'predicate' : named === undefined ? 'table' : 'column',
    columns: named,
    conditions: predicate === undefined ? [] : describe(predicate),
    limit:
      predicate !== undefined
        ? undefined
        : typeof conditions === 'string'
          ? LIMITS[conditions]
          : UNSURE_VALUE,
  }
}

const ORDER: readonly Tracking[] = ['everything', 'table', 'column', 'predicate']

function coarsest(tables: readonly TableTracking[]): Tracking {
  return tables
    .map(({ tracking }) => tracking)
    .reduce((known, each) => (ORDER.indexOf(each) < ORDER.indexOf(known) ? each : known), 'predicate')
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
