import type { DataSyncError } from '../errors.ts'
import type { QueryExplanation } from '../link/live-protocol.ts'
import type { PagesObserver, QueryObserver, QuerySnapshot } from './snapshot.ts'
import { PENDING } from './pending-snapshot.ts'
import { withoutPages } from './pages-observer.ts'

/** Stands in for the observer of a query that is not asked: pending, without being fetched. */
export const DISABLED_QUERY: QueryObserver<never> = createFixedObserver(
  Object.freeze({ status: 'pending', data: undefined, error: undefined, isFetching: false, isStale: false }),
)

/** The same of a query that is shown by pages. */
export const DISABLED_PAGES: PagesObserver<never> = withoutPages(DISABLED_QUERY)

/** Of a query that is not asked. */
const UNTRACKED: QueryExplanation = Object.freeze({
  tracking: 'predicate',
  tables: [],
  limit: undefined,
  wholeRuns: undefined,
  shifts: undefined,
  keptBytes: 0,
  lastRun: undefined,
})

/** How many different failures are remembered. */
const REMEMBERED = 100

/**
 * Makes the observers of queries that cannot be asked, their statement or their parameters being no
 * such thing. The same failure has the same observer: a component asks again whenever it is drawn.
 */
export function createFailedObservers<Observer>(
  finish: (observer: QueryObserver<never>) => Observer,
): (error: DataSyncError) => Observer {
  const known = new Map<string, Observer>()
  return (error) => {
    const key = `${error.code} ${error.message} ${error.detail.sql}`
    let observer = known.get(key)
    if (observer === undefined) {
      const failure = { status: 'error', data: undefined, error, isFetching: false, isStale: false } as const
      const snapshot = Object.freeze(failure)
      observer = finish({ ...createFixedObserver(snapshot), getServerSnapshot: () => PENDING })
      if (known.size >= REMEMBERED) known.clear()
      known.set(key, observer)
    }
    return observer
  }
}

/** Of a query whose snapshot never changes. */
export function createFixedObserver<Row>(snapshot: QuerySnapshot<Row>): QueryObserver<Row> {
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
