import type { Connection } from '../../sqlite/connection.ts'
import type { Statement } from '../../sqlite/statement.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { StatementReads } from '../read-set.ts'
import { filtersMayFail } from '../predicates/conditions.ts'
import { operandOf, type Operand } from '../predicates/operand.ts'
import { ParameterPlaces } from '../predicates/parameter-places.ts'
import { isDeterministic } from './deterministic.ts'
import { keptOrder } from './kept-order.ts'
import { KeptSelection, type PlannedTable } from './kept-selection.ts'
import { keyedSources, type SourceObstacle } from './keyed-sources.ts'
import { textTerms } from './order-terms.ts'
import type { OrderTerm } from './row-order.ts'
import { parseSelect } from '../parse-select.ts'
import { SelectText, type TextObstacle } from './select-text.ts'

/** How the result of a statement is kept so that single rows of it can be evaluated anew. */
export interface IncrementalPlan {
  /** How many of the columns that are kept are those of the result; after them come what it is sorted by, and keys. */
  readonly visibleCount: number
  /** The order of the kept rows, in which no two are equal. */
  readonly order: readonly OrderTerm[]
  readonly tables: readonly PlannedTable[]
  readonly parameterCount: number
  /** Whether a parameter has a name. Given by position, it counts from where it stands first, which is another place here. */
  readonly hasNames: boolean
  /** Selects all rows; one parameter more is their greatest number, if there is a limit. */
  readonly whole: string
  readonly limit: { readonly rows: Operand; readonly offset: Operand | undefined } | undefined
}

/** Why single rows of a result cannot be evaluated anew. */
export type IncrementalObstacle =
  | TextObstacle
  | SourceObstacle
  | 'unknown-reads'
  | 'virtual-table'
  | 'view'
  | 'not-once'
  | 'aggregate'
  | 'not-deterministic'
  | 'may-fail'
  | 'unsure-order'
  | 'unordered-limit'
  | 'unsure-limit'

/** How a statement can be kept up to date by its rows; or why it cannot. */
export function* incrementalPlan(
  statement: Statement,
  reads: StatementReads,
  connection: Connection,
  catalog: Catalog,
): Task<IncrementalPlan | IncrementalObstacle> {
  if (reads.everything) return 'unknown-reads'
  if (reads.hasVirtual) return 'virtual-table'
  if (statement.access.accessors.size > 0) return 'view'
  const text = cut(statement.sql)
  if (typeof text === 'string') return text
  const sources = yield* keyedSources(text, catalog)
  if (typeof sources === 'string') return sources
  if (!sources.some(({ isFollowed }) => isFollowed)) return 'not-once'
  const names = statement.columnNames()
  const terms = textTerms(text, names)
  const selection = terms && new KeptSelection(text, sources, terms, names.length)
  const order = selection && (yield* keptOrder(selection, names, connection, catalog))
  if (selection === undefined || order === undefined) return 'unsure-order'
  return {
    visibleCount: names.length,
    order,
    tables: selection.tables,
    parameterCount: text.places.highest,
    hasNames: text.hasNames,
    whole: selection.whole,
    limit: limitOf(text),
  }
}

function cut(sql: string): SelectText | IncrementalObstacle {
  const statement = parseSelect(sql)
  if (statement === undefined) return 'unknown-syntax'
  const text = SelectText.cut(sql, statement, new ParameterPlaces(statement))
  if (typeof text === 'string') return text
  if (text.core.groupBy !== undefined || text.core.having !== undefined) return 'aggregate'
  if (!isDeterministic(statement)) return 'not-deterministic'
  if (filtersMayFail(statement)) return 'may-fail'
  const { limit } = statement.body
  if (limit === undefined) return text
  if (limitOf(text) === undefined) return 'unsure-limit'
  return text.orderBy.length === 0 ? 'unordered-limit' : text
}

function limitOf({ statement, places }: SelectText): IncrementalPlan['limit'] {
  const { limit } = statement.body
  const rows = limit && operandOf(limit.expr, places)
  const offset = limit?.offset && operandOf(limit.offset, places)
  return rows === undefined || (limit?.offset !== undefined && offset === undefined)
    ? undefined
    : { rows, offset }
}
