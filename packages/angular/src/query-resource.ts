import { computed, untracked, type Resource, type ResourceSnapshot, type Signal } from '@angular/core'
import type { DataSyncError, QueryResult, QuerySnapshot } from '@datasync/engine'

/**
 * The result of a query, a signal for each field, which is a `Resource` of Angular as well. `status`
 * is therefore in Angular's words: `idle` (not asked, and nothing to show), `loading`, `reloading`,
 * `resolved`, `error`. `isPending`, `isFetching` and `isStale` are as with the other frameworks.
 */
export interface QueryResource<Value> extends Resource<Value> {
  /** Like `value`, but kept while the query fails: reading it never throws. */
  readonly data: Signal<Value>
  readonly error: Signal<DataSyncError | undefined>
  /** There is nothing to show yet. */
  readonly isPending: Signal<boolean>
  /** A run is under way whose end will be shown. */
  readonly isFetching: Signal<boolean>
  /** `data` belongs to earlier parameters, or is from before there was an engine. */
  readonly isStale: Signal<boolean>
  /** Runs the query again. Settles, never rejecting, when the result is there. */
  readonly refetch: () => Promise<void>
  /** Like `refetch`. `false` if there is nothing to run, or a run is under way. */
  reload(): boolean
  hasValue(this: Value extends undefined ? this : never): this is QueryResource<Exclude<Value, undefined>>
  hasValue(): boolean
}

/** A signal for each field of what is read of a query: one that stays the same notifies nobody. */
export function toQueryResource<Data>(
  result: Signal<QueryResult<Data>>,
  latest: Signal<QuerySnapshot<unknown>>,
  refetch: () => Promise<void>,
): QueryResource<Data | undefined> {
  const data = computed(() => result().data)
  const error = computed(() => result().error)
  const isPending = computed(() => result().isPending)
  const isFetching = computed(() => result().isFetching)
  const snapshot = computed((): ResourceSnapshot<Data | undefined> => {
    const failure = error()
    // Rows can be shown before the query has any: earlier ones, or initial data.
    if (isFetching())
      return { status: latest().status === 'pending' ? 'loading' : 'reloading', value: data() }
    if (failure !== undefined) return { status: 'error', error: failure }
    return { status: isPending() ? 'idle' : 'resolved', value: data() }
  })
  const hasValue = (): boolean => {
    const shown = snapshot()
    return shown.status !== 'error' && shown.value !== undefined
  }
  return {
    data,
    error,
    isPending,
    isFetching,
    isStale: computed(() => result().isStale),
    refetch,
    value: computed(() => {
      const shown = snapshot()
      if (shown.status === 'error') throw shown.error
      return shown.value
    }),
    status: computed(() => snapshot().status),
    snapshot,
    isLoading: isFetching,
    // A function expression cannot be told to be the guard that it is.
    hasValue: hasValue as QueryResource<Data | undefined>['hasValue'],
    reload: () => {
      const { status, isFetching: isUnderWay } = untracked(latest)
      if (status === 'pending' || isUnderWay) return false
      void refetch()
      return true
    },
  }
}
