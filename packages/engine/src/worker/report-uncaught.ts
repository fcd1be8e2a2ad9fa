/** What no request can be told of ends the worker, as an error that nobody caught; the page replaces it. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
