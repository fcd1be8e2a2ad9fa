import type { WindowDirection } from '../link/window-protocol.ts'
import type { LiveQuery } from './live-query.ts'
import { NO_PAGES, PENDING_PAGES } from './pending-snapshot.ts'
import type { PagesObserver, PagesSnapshot, QueryObserver } from './snapshot.ts'

/** A live query that has pages, as those who show them see it. The same for each query. */
export function pagesObserver(query: LiveQuery): PagesObserver {
  const known = OBSERVERS.get(query)
  if (known !== undefined) return known
  const move = (to: WindowDirection) => (): Promise<void> => query.move(to)
  const observer: PagesObserver = {
    // What it shows has the state of its pages in it.
    getSnapshot: query.getSnapshot as () => PagesSnapshot,
    getServerSnapshot: () => PENDING_PAGES,
    subscribe: query.subscribe,
    load: query.load,
    refetch: query.refetch,
    explain: query.explain,
    loadNext: move('next'),
    loadPrevious: move('previous'),
  }
  OBSERVERS.set(query, observer)
  return observer
}

const OBSERVERS = new WeakMap<LiveQuery, PagesObserver>()

/** What has no rows has no pages. */
export function withoutPages(observer: QueryObserver<never>): PagesObserver<never> {
  const snapshot = Object.freeze({ ...observer.getSnapshot(), ...NO_PAGES })
  const serverSnapshot = Object.freeze({ ...observer.getServerSnapshot(), ...NO_PAGES })
  return {
    ...observer,
    getSnapshot: () => snapshot,
    getServerSnapshot: () => serverSnapshot,
    loadNext: observer.load,
    loadPrevious: observer.load,
  }
}
