import type { Database } from '../handle.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters, SqlRow } from '../values.ts'
import type { QueryOptions } from './query-result.ts'
import type { QueryObserver } from './snapshot.ts'
import { DISABLED_QUERY } from './fixed-observer.ts'

/** What a query of an adapter asks. A falsy statement asks nothing. */
export type QueryStatement<Row = SqlRow> = StatementInput<Row> | null | undefined | false | ''

/**
 * The observer of what one use of a query asks now, which is nothing if its statement is falsy or its
 * options say `enabled: false`. For adapters. Sends nothing, so that it may be called while rendering.
 *
 * @example
 * const observer = observeQuery(db, list && 'select * from todo where list = ?', [list], { enabled })
 */
export function observeQuery<Row = SqlRow>(
  database: Database,
  statement: QueryStatement<Row>,
  parameters: SqlParameters | undefined,
  options: Pick<QueryOptions, 'enabled'>,
): QueryObserver<Row> {
  return statement && options.enabled !== false ? database.observe(statement, parameters) : DISABLED_QUERY
}
