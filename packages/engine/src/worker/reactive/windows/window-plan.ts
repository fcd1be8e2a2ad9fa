import type { Connection } from '../../sqlite/connection.ts'
import type { Statement } from '../../sqlite/statement.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import { isDeterministic } from '../incremental/deterministic.ts'
import { keyedSources, type SourceObstacle } from '../incremental/keyed-sources.ts'
import { SelectText, type TextObstacle } from '../incremental/select-text.ts'
import { parseSelect } from '../parse-select.ts'
import { ParameterPlaces } from '../predicates/parameter-places.ts'
import { windowTerms, type TermObstacle } from './window-terms.ts'
import { WindowText } from './window-text.ts'

/** Why the pages of a statement can only be told by how many rows come before them. */
export type WindowObstacle =
  TextObstacle | SourceObstacle | 'not-prepared' | 'aggregate' | 'limit' | 'not-deterministic' | TermObstacle

/** How to select the rows of a statement from one of them on; or why that is not possible. */
export function* windowPlan(
  statement: Statement,
  connection: Connection,
  catalog: Catalog,
): Task<WindowText | WindowObstacle> {
  const text = cut(statement.sql)
  if (typeof text === 'string') return text
  const sources = yield* keyedSources(text, catalog)
  if (typeof sources === 'string') return sources
  const terms = yield* windowTerms({ text, sources, names: statement.columnNames() }, connection, catalog)
  return typeof terms === 'string' ? terms : new WindowText(text, terms)
}

function cut(sql: string): SelectText | WindowObstacle {
  const statement = parseSelect(sql)
  if (statement === undefined) return 'unknown-syntax'
  const text = SelectText.cut(sql, statement, new ParameterPlaces(statement))
  if (typeof text === 'string') return text
  const { core, orderBy } = text
  if (core.groupBy !== undefined || core.having !== undefined) return 'aggregate'
  if (statement.body.limit !== undefined) return 'limit'
  // An aggregate among the columns makes one row of all.
  if (![...core.columns, ...orderBy.map(({ expr }) => expr)].every(isDeterministic))
    return 'not-deterministic'
  return text
}
