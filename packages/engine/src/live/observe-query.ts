import type { Database } from '../handle.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters, SqlRow } from '../values.ts'
import type { InfiniteQueryOptions, QueryOptions } from './query-result.ts'
import type { PagesObserver, QueryObserver } from './snapshot.ts'
import { DISABLED_PAGES, DISABLED_QUERY } from './fixed-observer.ts'

/** What a query of an adapter asks. A falsy statement asks nothing. */
export type QueryStatement<Row = SqlRow> = StatementInput<Row> | null | undefined | false | ''

/**
 * The observer of what one use of a query asks now, which is nothing if its statement is falsy or its
 * options say `enabled: false`. For adapters. Sends nothing, so that it may be called while rendering.
 *
 * @example
 * const observer = observeQuery(db, list !== undefined && 'select * from todo where list = ?', [list], { enabled })
 */
export function observeQuery<Row = SqlRow>(
  database: Database,
  statement: QueryStatement<Row>,
  parameters: SqlParameters | undefined,
  options: Pick<QueryOptions, 'enabled' | 'persist'>,
): QueryObserver<Row> {
  return statement && options.enabled !== false
    ? database.observe(statement, parameters, options)
    : DISABLED_QUERY
}

/**
 * The same of a query that is shown by pages.
 *
 * @example
 * const observer = observeInfiniteQuery(db, 'select * from entry order by at desc', [], { pageSize: 50 })
 */
export function observeInfiniteQuery<Row = SqlRow>(
  database: Database,
  statement: QueryStatement<Row>,
  parameters: SqlParameters | undefined,
  options: Pick<InfiniteQueryOptions, 'enabled' | 'pageSize' | 'maxPages'>,
): PagesObserver<Row> {
  return statement && options.enabled !== false
    ? database.observePages(statement, parameters, options)
    : DISABLED_PAGES
}
