import {
  observeInfiniteQuery,
  type InfiniteQueryOptions,
  type InfiniteQueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { useDatabase } from './use-database.ts'
import { useResult } from './use-result.ts'

/**
 * The rows of a statement by pages, kept up to date like those of `useQuery`: at first one page, and
 * one more with each `loadNext`. What is shown begins with a row and not at a number, so that rows
 * which come above do not shift it. With `maxPages`, pages that are out of sight are given up and cost
 * nothing; `loadPrevious` brings them back. Components that ask the same in pages of the same size
 * show the same pages.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const { data, hasNext, loadNext } = useInfiniteQuery<Entry>(
 *   'select * from entry where log = ? order by at desc',
 *   [log],
 *   { pageSize: 50, maxPages: 4 },
 * )
 */
export function useInfiniteQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: QueryStatement<Row>,
  parameters: SqlParameters | undefined,
  options: InfiniteQueryOptions<Row, Data>,
): InfiniteQueryResult<Data> {
  const observer = observeInfiniteQuery(useDatabase(options.database), statement, parameters, options)
  // The result of an observer of pages has them in it.
  return useResult(observer, options) as InfiniteQueryResult<Data>
}
