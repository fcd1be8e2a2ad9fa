import type { AskedSync } from '../link/sync-protocol.ts'

export interface PageListeners {
  /** The page is put to sleep whole, to be woken as it was: frozen, or kept in the back/forward cache. */
  readonly sleep: () => void
  readonly wake: () => void
  /** What is to be stored is stored now: perhaps nothing of this page runs any more after this. */
  readonly hide: (cause: Exclude<AskedSync, 'drain'>) => void
  /** It is seen, or not any more. */
  readonly visibilityChanged: () => void
}

/** Tells what becomes of the page. Does nothing where there is none. Returns the function that ends it. */
export function listenToPage({ sleep, wake, hide, visibilityChanged }: PageListeners): () => void {
  if (typeof document === 'undefined') return () => undefined
  const listening = new AbortController()
  const { signal } = listening
  const leave = (event: PageTransitionEvent): void => (event.persisted ? sleep() : hide('closing'))
  const show = (event: PageTransitionEvent): void => {
    if (event.persisted) wake()
  }
  addEventListener('pagehide', leave, { signal })
  addEventListener('pageshow', show, { signal })
  // Its worker stands still as well, so that all who wait for that would wait for the user to come back.
  const freeze = (): void => {
    hide('frozen')
    sleep()
  }
  document.addEventListener('freeze', freeze, { signal })
  document.addEventListener('resume', wake, { signal })
  const noteVisibility = (): void => {
    if (document.visibilityState === 'hidden') hide('hidden')
    visibilityChanged()
  }
  document.addEventListener('visibilitychange', noteVisibility, { signal })
  return () => listening.abort()
}
