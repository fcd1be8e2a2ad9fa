/**
 * Tells when the page is put to sleep whole, to be woken as it was (the back/forward cache), and
 * when it is woken. Does nothing where there is no page. Returns the function that ends it.
 */
export function listenToPage(sleep: () => void, wake: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined
  const hide = (event: PageTransitionEvent): void => {
    if (event.persisted) sleep()
  }
  const show = (event: PageTransitionEvent): void => {
    if (event.persisted) wake()
  }
  addEventListener('pagehide', hide)
  addEventListener('pageshow', show)
  return () => {
    removeEventListener('pagehide', hide)
    removeEventListener('pageshow', show)
  }
}
