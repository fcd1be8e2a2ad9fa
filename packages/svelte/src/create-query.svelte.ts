import {
  createQueryReader,
  observeQuery,
  resolveGetter,
  type MaybeGetter,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { BROWSER } from 'esm-env'
import { untrack } from 'svelte'
import { getDatabase } from './database-context.js'
import { followSnapshot } from './follow-snapshot.svelte.js'
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
  const given = $derived(resolveGetter(options) ?? {})
  const database = $derived(getDatabase(given.database))
  // That there is none is told here rather than where the query is read.
  untrack(() => void database)
  const observer = $derived(
    observeQuery(database, resolveGetter(statement), resolveGetter(parameters), given),
  )
  const followed = $derived(followSnapshot(observer, observer.getServerSnapshot))
  const read = createQueryReader<Row, Data>()
  const result = $derived(read(observer, followed.snapshot, given))

  // One each, so that what reads the rows does not run again because `isFetching` changed.
  const field = <Name extends keyof QueryResult<Data>>(name: Name): (() => QueryResult<Data>[Name]) => {
    const value = $derived(result[name])
    return () => value
  }

  return toGetters<LiveQuery<Data>, 'refetch'>(
    () => followed.follow(),
    {
      data: field('data'),
      error: field('error'),
      status: field('status'),
      isPending: field('isPending'),
      isFetching: field('isFetching'),
      isStale: field('isStale'),
      ready: () => (BROWSER ? observer.load() : Promise.resolve()),
    },
    { refetch: () => untrack(() => observer).refetch() },
  )
}
