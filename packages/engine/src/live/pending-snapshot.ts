import type { PagesSnapshot, PagesState, QuerySnapshot } from './snapshot.ts'

/**
 * A live query before its first result. Shown as being fetched from the start, though its run begins
 * with the first subscription, since a component that draws it is about to subscribe: it need not
 * draw again only to say so. Servers draw the same, so that hydration finds what it expects.
 */
export const PENDING: QuerySnapshot<never> = Object.freeze({
  status: 'pending',
  data: undefined,
  error: undefined,
  isFetching: true,
  isStale: false,
})

/** Of a live query that has no rows, or none to be shown by pages. */
export const NO_PAGES: PagesState = Object.freeze({
  hasNext: false,
  hasPrevious: false,
  isLoadingNext: false,
  isLoadingPrevious: false,
})

export const PENDING_PAGES: PagesSnapshot<never> = Object.freeze({ ...PENDING, ...NO_PAGES })
