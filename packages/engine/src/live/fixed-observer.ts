import type { DataSyncError } from '../errors.ts'
import type { QueryExplanation } from '../link/live-protocol.ts'
import type { QueryObserver, QuerySnapshot } from './snapshot.ts'
import { PENDING } from './pending-snapshot.ts'

/** Stands in for the observer of a query that is not asked: pending, without being fetched. */
export const DISABLED_QUERY: QueryObserver<never> = createFixedObserver(
  Object.freeze({ status: 'pending', data: undefined, error: undefined, isFetching: false }),
)

/** Of a query that is not asked. */
const UNTRACKED: QueryExplanation = Object.freeze({
  tracking: 'predicate',
  tables: [],
  limit: undefined,
  wholeRuns: undefined,
  keptBytes: 0,
  lastRun: undefined,
})

/** How many different failures are remembered. */
const REMEMBERED = 100

/**
 * Makes the observers of queries that cannot be asked, their statement or their parameters being no
 * such thing. The same failure has the same observer: a component asks again whenever it is drawn.
 */
export function createFailedObservers(): (error: DataSyncError) => QueryObserver<never> {
  const known = new Map<string, QueryObserver<never>>()
  return (error) => {
    const key = `${error.code} ${error.message} ${error.detail.sql}`
    let observer = known.get(key)
    if (observer === undefined) {
      const snapshot = Object.freeze({ status: 'error', data: undefined, error, isFetching: false } as const)
      observer = { ...createFixedObserver(snapshot), getServerSnapshot: () => PENDING }
      if (known.size >= REMEMBERED) known.clear()
      known.set(key, observer)
    }
    return observer
  }
}

function createFixedObserver(snapshot: QuerySnapshot<never>): QueryObserver<never> {
  const settled = Object.assign(Promise.resolve(), { status: 'fulfilled', value: undefined })
  return {
    getSnapshot: () => snapshot,
    getServerSnapshot: () => snapshot,
    subscribe: () => () => undefined,
    load: () => settled,
    refetch: () => settled,
    explain: () =>
      snapshot.error === undefined ? Promise.resolve(UNTRACKED) : Promise.reject(snapshot.error),
  }
}
