import { computed, untracked, type Signal } from '@angular/core'
import {
  observeInfiniteQuery,
  resolveGetter,
  type InfiniteQueryOptions,
  type InfiniteQueryResult,
  type MaybeGetter,
  type PagesCalls,
  type PagesObserver,
  type PagesState,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { injectObserver } from './inject-observer.ts'
import { toQueryResource, type QueryResource } from './query-resource.ts'
import { runInjected, type InjectOptions } from './run-injected.ts'

/** The options of a query that is shown by pages, and where to inject from. */
export interface InjectInfiniteQueryOptions<Row = SqlRow, Data = readonly Row[]>
  extends InfiniteQueryOptions<Row, Data>, InjectOptions {}

/** The result of a query by pages, a signal for each field, and how to load further ones. */
export type InfiniteQueryResource<Value> = QueryResource<Value> & {
  readonly [Field in keyof PagesState]: Signal<boolean>
} & PagesCalls

/**
 * The rows of a statement by pages, kept up to date like those of `injectQuery`: at first one page,
 * and one more with each `loadNext`. What is shown begins with a row and not at a number, so that rows
 * which come above do not shift it. With `maxPages`, pages that are out of sight are given up and cost
 * nothing; `loadPrevious` brings them back. Components that ask the same in pages of the same size
 * show the same pages.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 * @throws DataSyncError `missing-provider` if no database is provided.
 *
 * @example
 * readonly log = input.required<number>()
 * protected readonly entries = injectInfiniteQuery<Entry>(
 *   'select * from entry where log = ? order by at desc',
 *   () => [this.log()],
 *   { pageSize: 50, maxPages: 4 },
 * )
 */
export function injectInfiniteQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeGetter<QueryStatement<Row>>,
  parameters: MaybeGetter<SqlParameters | undefined>,
  options: InjectInfiniteQueryOptions<Row, Data> | (() => InfiniteQueryOptions<Row, Data>),
): InfiniteQueryResource<Data | undefined> {
  // A function is not called here: it may read inputs that have no value yet.
  const fixed = typeof options === 'function' ? undefined : options
  return runInjected(injectInfiniteQuery, fixed, () => {
    const followed = injectObserver<Row, Data, InfiniteQueryOptions<Row, Data>, PagesObserver<Row>>(
      options,
      (given) => {
        const [asked, bound] = [resolveGetter(statement), resolveGetter(parameters)]
        return (database) => observeInfiniteQuery(database, asked, bound, given)
      },
    )
    const { observer, latest } = followed
    // The result of an observer of pages has them in it.
    const result = followed.result as Signal<InfiniteQueryResult<Data>>
    return {
      ...toQueryResource(result, latest, () => untracked(observer).refetch()),
      hasNext: computed(() => result().hasNext),
      hasPrevious: computed(() => result().hasPrevious),
      isLoadingNext: computed(() => result().isLoadingNext),
      isLoadingPrevious: computed(() => result().isLoadingPrevious),
      loadNext: () => untracked(observer).loadNext(),
      loadPrevious: () => untracked(observer).loadPrevious(),
    }
  })
}
