import {
  createQueryReader,
  observeQuery,
  type QueryResult,
  type QueryStatement,
  type SqlRow,
} from '@datasync/engine'
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { followDatabase } from './database-context.ts'
import { isServerRendering } from './is-server-rendering.ts'
import { resolveParameters, type UseQueryOptions, type UseQueryParameters } from './query-inputs.ts'
import { useSnapshot } from './use-snapshot.ts'

/** The result of a query, a ref for each field of `QueryResult`. Rows are never reactive proxies. */
export type QueryRefs<Data> = {
  readonly [Field in Exclude<keyof QueryResult<Data>, 'refetch'>]: ComputedRef<QueryResult<Data>[Field]>
} & Pick<QueryResult<Data>, 'refetch'>

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
 * const { data } = await useQuery(() => sql<Todo>`select * from todo where list = ${list.value}`)
 */
export function useQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: MaybeRefOrGetter<QueryStatement<Row>>,
  parameters?: UseQueryParameters,
  options?: MaybeRefOrGetter<UseQueryOptions<Row, Data> | undefined>,
): AwaitableQuery<Data> {
  const given = computed(() => {
    const current = toValue(options)
    return { ...current, enabled: toValue(current?.enabled) }
  })
  const database = followDatabase(() => given.value.database)
  const isOnServer = isServerRendering()
  const observer = computed(() =>
    observeQuery(database.value, toValue(statement), resolveParameters(parameters), given.value),
  )
  const snapshot = useSnapshot(
    () => observer.value,
    () => observer.value.getServerSnapshot(),
  )
  const read = createQueryReader<Row, Data>()
  const result = computed(() => read(observer.value, snapshot.value, given.value))

  const query: QueryRefs<Data> = {
    data: computed(() => result.value.data),
    error: computed(() => result.value.error),
    status: computed(() => result.value.status),
    isPending: computed(() => result.value.isPending),
    isFetching: computed(() => result.value.isFetching),
    isStale: computed(() => result.value.isStale),
    refetch: () => observer.value.refetch(),
  }
  // The promise gives an object without `then`: one with it would be awaited once more, and so on.
  const load = async (): Promise<QueryRefs<Data>> => {
    const asked = observer.value
    if (!isOnServer) await asked.load()
    // Meanwhile, the parameters may have become others.
    return asked === observer.value ? query : load()
  }
  return { ...query, then: (fulfilled, rejected) => load().then(fulfilled, rejected) }
}
