import { observeQuery, type QueryObserver, type QueryStatement, type SqlRow } from '@datasync/engine'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { awaitable } from './awaitable.ts'
import { followQuery, type QueryRefs } from './follow-query.ts'
import { resolveParameters, type UseQueryOptions, type UseQueryParameters } from './query-inputs.ts'

/** Awaited, it waits for the first result or error: in an async `setup`, below `<Suspense>`. */
export type AwaitableQuery<Data> = QueryRefs<Data> & PromiseLike<QueryRefs<Data>>

/**
 * The rows of a statement, kept up to date. The statement, its parameters, each of them, and the
 * options may be refs, getters or plain values; when one changes, another query is shown at once.
 * Components that ask the same share one live query. It ends with the component, or with the effect
 * scope that it was called in, and rests while `<KeepAlive>` puts the component away.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const list = ref(1)
 * const { data, error, isPending } = useQuery<Todo>('select * from todo where list = ?', [list])
 *
 * @example
 * const list = ref(1)
 * const { data } = await useQuery(() => sql<Todo>`select * from todo where list = ${list.value}`)
 */
export function useQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeRefOrGetter<QueryStatement<Row>>,
  parameters?: UseQueryParameters,
  options?: MaybeRefOrGetter<UseQueryOptions<Row, Data> | undefined>,
): AwaitableQuery<Data> {
  const { refs, load } = followQuery<Row, Data, UseQueryOptions<Row, Data>, QueryObserver<Row>>(
    options,
    (database, given) => observeQuery(database, toValue(statement), resolveParameters(parameters), given),
  )
  return awaitable(refs, load)
}
