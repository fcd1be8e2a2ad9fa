import { untracked } from '@angular/core'
import {
  observeQuery,
  resolveGetter,
  type MaybeGetter,
  type QueryObserver,
  type QueryOptions,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { injectObserver } from './inject-observer.ts'
import { toQueryResource, type QueryResource } from './query-resource.ts'
import { runInjected, type InjectOptions } from './run-injected.ts'

/** The options of a query, and where to inject from. */
export interface InjectQueryOptions<Row = SqlRow, Data = readonly Row[]>
  extends QueryOptions<Row, Data>, InjectOptions {}

/**
 * The rows of a statement, kept up to date. The statement, its parameters and the options may be
 * plain values, or functions and signals: what those read is tracked, and when it changes, another
 * query is shown at once. Components that ask the same share one live query. It ends with the
 * component, or whatever else it was injected in.
 *
 * Call it in an injection context, or with the option `injector`. Functions are not called at once:
 * they may read inputs that are required.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 * @throws DataSyncError `missing-provider` if no database is provided.
 *
 * @example
 * readonly list = input.required<number>()
 * protected readonly todos = injectQuery(() => sql<Todo>`select * from todo where list = ${this.list()}`)
 *
 * @example
 * readonly list = input.required<number>()
 * protected readonly todos = injectQuery<Todo>('select * from todo where list = ?', () => [this.list()])
 */
export function injectQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeGetter<QueryStatement<Row>>,
  parameters?: MaybeGetter<SqlParameters | undefined>,
  options: InjectQueryOptions<Row, Data> | (() => QueryOptions<Row, Data>) = {},
): QueryResource<Data | undefined> {
  // A function is not called here: it may read inputs that have no value yet.
  const fixed = typeof options === 'function' ? undefined : options
  return runInjected(injectQuery, fixed, () => {
    const { observer, latest, result } = injectObserver<
      Row,
      Data,
      QueryOptions<Row, Data>,
      QueryObserver<Row>
    >(options, (given) => {
      const [asked, bound] = [resolveGetter(statement), resolveGetter(parameters)]
      return (database) => observeQuery(database, asked, bound, given)
    })
    return toQueryResource(result, latest, () => untracked(observer).refetch())
  })
}
