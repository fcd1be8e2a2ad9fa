import type { Connection } from '../../sqlite/connection.ts'
import type { Statement } from '../../sqlite/statement.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { StatementReads } from '../read-set.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import { filtersMayFail } from '../predicates/conditions.ts'
import type { StatementParameters } from './extend-parameters.ts'
import { isDeterministic, takesRowsTogether } from './deterministic.ts'
import { keptOrder } from './kept-order.ts'
import { KeptSelection, type PlannedTable } from './kept-selection.ts'
import { keyedSources, type SourceObstacle } from './keyed-sources.ts'
import { textTerms } from './order-terms.ts'
import type { KeptShape } from './kept-rows.ts'
import { limitObstacle, plannedLimit, type PlannedLimit } from './planned-limit.ts'
import { cutSelect, type SelectText, type TextObstacle } from './select-text.ts'

/** How the result of a statement is kept so that single rows of it can be evaluated anew. */
export interface IncrementalPlan extends KeptShape, StatementParameters {
  readonly kind: 'rows'
  readonly tables: readonly PlannedTable[]
  /** The columns by which changed rows are found again: the keys of these tables. */
  readonly follows: ReadonlyMap<TableKey, readonly TableColumn[]>
  /** Selects all rows; one parameter more is their greatest number, if there is a limit. */
  readonly whole: string
  readonly limit: PlannedLimit | undefined
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
  if (reads.hasViews) return 'view'
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
    kind: 'rows',
    visibleCount: names.length,
    order,
    tables: selection.tables,
    follows: new Map(selection.tables.map(({ table, key }) => [table, key])),
    parameterCount: text.places.highest,
    hasNames: text.hasNames,
    whole: selection.whole,
    limit: plannedLimit(text),
  }
}

function cut(sql: string): SelectText | IncrementalObstacle {
  const text = cutSelect(sql)
  if (typeof text === 'string') return text
  if (takesRowsTogether(text)) return 'aggregate'
  if (!isDeterministic(text.statement)) return 'not-deterministic'
  return filtersMayFail(text.statement) ? 'may-fail' : (limitObstacle(text) ?? text)
}
