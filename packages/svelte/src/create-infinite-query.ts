import {
  observeInfiniteQuery,
  resolveGetter,
  type InfiniteQueryOptions,
  type InfiniteQueryResult,
  type MaybeGetter,
  type PagesObserver,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { followQuery } from './follow-query.svelte.js'
import { toGetters } from './to-getters.js'

/** The result of a query by pages, whose fields are read where they are used. */
export type LiveInfiniteQuery<Data> = InfiniteQueryResult<Data> & {
  /**
   * Settles, never rejecting, at the first page or error of what is asked now: for
   * `{#await query.ready}`. On a server it waits for nothing.
   */
  readonly ready: Promise<void>
}

/**
 * The rows of a statement by pages, kept up to date like those of `createQuery`: at first one page,
 * and one more with each `loadNext`. What is shown begins with a row and not at a number, so that rows
 * which come above do not shift it. With `maxPages`, pages that are out of sight are given up and cost
 * nothing; `loadPrevious` brings them back. Components that ask the same in pages of the same size
 * show the same pages.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const { log } = $props()
 * const entries = createInfiniteQuery<Entry>(
 *   'select * from entry where log = ? order by at desc',
 *   () => [log],
 *   { pageSize: 50, maxPages: 4 },
 * )
 */
export function createInfiniteQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeGetter<QueryStatement<Row>>,
  parameters: MaybeGetter<SqlParameters | undefined>,
  options: MaybeGetter<InfiniteQueryOptions<Row, Data>>,
): LiveInfiniteQuery<Data> {
  const { follow, field, ready, observer } = followQuery<
    Row,
    Data,
    InfiniteQueryOptions<Row, Data>,
    PagesObserver<Row>,
    InfiniteQueryResult<Data>
  >(options, (database, given) =>
    observeInfiniteQuery(database, resolveGetter(statement), resolveGetter(parameters), given),
  )
  return toGetters<LiveInfiniteQuery<Data>, 'refetch' | 'loadNext' | 'loadPrevious'>(
    follow,
    {
      data: field('data'),
      error: field('error'),
      status: field('status'),
      isPending: field('isPending'),
      isFetching: field('isFetching'),
      isStale: field('isStale'),
      hasNext: field('hasNext'),
      hasPrevious: field('hasPrevious'),
      isLoadingNext: field('isLoadingNext'),
      isLoadingPrevious: field('isLoadingPrevious'),
      ready,
    },
    {
      refetch: () => observer().refetch(),
      loadNext: () => observer().loadNext(),
      loadPrevious: () => observer().loadPrevious(),
    },
  )
}
