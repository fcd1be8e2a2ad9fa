import {
  observeInfiniteQuery,
  type InfiniteQueryResult,
  type PagesCalls,
  type PagesObserver,
  type PagesState,
  type QueryStatement,
  type SqlRow,
} from '@datasync/engine'
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { awaitable } from './awaitable.ts'
import { followQuery, type QueryRefs } from './follow-query.ts'
import { resolveParameters, type UseInfiniteQueryOptions, type UseQueryParameters } from './query-inputs.ts'

/** The result of a query by pages, a ref for each field, and how to load further ones. */
export type InfiniteQueryRefs<Data> = QueryRefs<Data> & {
  readonly [Field in keyof PagesState]: ComputedRef<boolean>
} & PagesCalls

/** Awaited, it waits for the first page or error: in an async `setup`, below `<Suspense>`. */
export type AwaitableInfiniteQuery<Data> = InfiniteQueryRefs<Data> & PromiseLike<InfiniteQueryRefs<Data>>

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
 * const log = ref(1)
 * const { data, hasNext, loadNext } = useInfiniteQuery<Entry>(
 *   'select * from entry where log = ? order by at desc',
 *   [log],
 *   { pageSize: 50, maxPages: 4 },
 * )
 */
export function useInfiniteQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeRefOrGetter<QueryStatement<Row>>,
  parameters: UseQueryParameters,
  options: MaybeRefOrGetter<UseInfiniteQueryOptions<Row, Data>>,
): AwaitableInfiniteQuery<Data> {
  const followed = followQuery<Row, Data, UseInfiniteQueryOptions<Row, Data>, PagesObserver<Row>>(
    options,
    (database, given) =>
      observeInfiniteQuery(database, toValue(statement), resolveParameters(parameters), given),
  )
  const { observer, load } = followed
  // The result of an observer of pages has them in it.
  const result = followed.result as ComputedRef<InfiniteQueryResult<Data>>
  const refs: InfiniteQueryRefs<Data> = {
    ...followed.refs,
    hasNext: computed(() => result.value.hasNext),
    hasPrevious: computed(() => result.value.hasPrevious),
    isLoadingNext: computed(() => result.value.isLoadingNext),
    isLoadingPrevious: computed(() => result.value.isLoadingPrevious),
    loadNext: () => observer.value.loadNext(),
    loadPrevious: () => observer.value.loadPrevious(),
  }
  return awaitable(refs, load)
}
