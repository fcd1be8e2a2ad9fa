import {
  observeQuery,
  resolveGetter,
  type MaybeGetter,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { followQuery } from './follow-query.svelte.js'
import { toGetters } from './to-getters.js'

/** The result of a query, whose fields are read where they are used. Rows are never state proxies. */
export type LiveQuery<Data> = QueryResult<Data> & {
  /**
   * Settles, never rejecting, at the first result or error of what is asked now: for
   * `{#await query.ready}`. On a server it waits for nothing.
   */
  readonly ready: Promise<void>
}

/**
 * The rows of a statement, kept up to date. The statement, its parameters and the options are plain
 * values, or functions that read state and props; when what they give changes, another query is shown
 * at once. Components that ask the same share one live query. It runs for as long as a template or an
 * effect reads it.
 *
 * Read its fields where you use them, as in `query.data`. Taken out of it by `const { data } = query`,
 * a field is what it was at that moment, and stays so.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const { list } = $props()
 * const todos = createQuery<Todo>('select * from todo where list = ?', () => [list])
 * const count = $derived(todos.data?.length)
 *
 * @example
 * const todos = createQuery(() => sql<Todo>`select * from todo where list = ${list}`)
 */
export function createQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeGetter<QueryStatement<Row>>,
  parameters?: MaybeGetter<SqlParameters | undefined>,
  options?: MaybeGetter<QueryOptions<Row, Data> | undefined>,
): LiveQuery<Data> {
  const { follow, field, ready, observer } = followQuery<
    Row,
    Data,
    QueryOptions<Row, Data>,
    QueryObserver<Row>
  >(
    () => resolveGetter(options) ?? {},
    (database, given) => observeQuery(database, resolveGetter(statement), resolveGetter(parameters), given),
  )
  return toGetters<LiveQuery<Data>, 'refetch'>(
    follow,
    {
      data: field('data'),
      error: field('error'),
      status: field('status'),
      isPending: field('isPending'),
      isFetching: field('isFetching'),
      isStale: field('isStale'),
      ready,
    },
    { refetch: () => observer().refetch() },
  )
}
