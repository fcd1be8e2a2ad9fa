import {
  createQueryReader,
  type Database,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
} from '@datasync/engine'
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { followDatabase } from './database-context.ts'
import { isServerRendering } from './is-server-rendering.ts'
import type { UseQueryOptions } from './query-inputs.ts'
import { useSnapshot } from './use-snapshot.ts'

/** The result of a query, a ref for each field of `QueryResult`. Rows are never reactive proxies. */
export type QueryRefs<Data> = {
  readonly [Field in Exclude<keyof QueryResult<Data>, 'refetch'>]: ComputedRef<QueryResult<Data>[Field]>
} & Pick<QueryResult<Data>, 'refetch'>

/** What a component has of a query that may be another one each time. */
export interface FollowedQuery<Data, Observer> {
  readonly observer: ComputedRef<Observer>
  readonly result: ComputedRef<QueryResult<Data>>
  readonly refs: QueryRefs<Data>
  /** Resolves at the first result or error of what is asked by then. */
  readonly load: () => Promise<void>
}

/** Follows what `observe` gives. What it reads of refs is tracked. */
export function followQuery<
  Row,
  Data,
  Options extends UseQueryOptions<Row, Data>,
  Observer extends QueryObserver<Row>,
>(
  options: MaybeRefOrGetter<Options | undefined>,
  observe: (database: Database, options: Resolved<Options, Row, Data>) => Observer,
): FollowedQuery<Data, Observer> {
  const given = computed((): Resolved<Options, Row, Data> => {
    const current = toValue(options)
    return { ...(current as Options), enabled: toValue(current?.enabled) }
  })
  const database = followDatabase(() => given.value.database)
  const isOnServer = isServerRendering()
  const observer = computed(() => observe(database.value, given.value))
  const snapshot = useSnapshot(
    () => observer.value,
    () => observer.value.getServerSnapshot(),
  )
  const read = createQueryReader<Row, Data>()
  const result = computed(() => read(observer.value, snapshot.value, given.value))
  const load = async (): Promise<void> => {
    const asked = observer.value
    if (!isOnServer) await asked.load()
    // Meanwhile, the parameters may have become others.
    if (asked !== observer.value) await load()
  }
  const refs: QueryRefs<Data> = {
    data: computed(() => result.value.data),
    error: computed(() => result.value.error),
    status: computed(() => result.value.status),
    isPending: computed(() => result.value.isPending),
    isFetching: computed(() => result.value.isFetching),
    isStale: computed(() => result.value.isStale),
    refetch: () => observer.value.refetch(),
  }
  return { observer, result, refs, load }
}

/** Options as they are at the moment. */
type Resolved<Options, Row, Data> = Omit<Options, 'enabled'> & QueryOptions<Row, Data>
