/** Calls each listener that is still subscribed. One that throws neither stops the others nor us. */
export function notifyListeners(listeners: ReadonlySet<() => void>): void {
  for (const listener of [...listeners]) if (listeners.has(listener)) callSafely(listener)
}

/** Runs a function of the user's and reports what it throws as an uncaught error. */
export function callSafely(call: () => void): void {
  try {
    call()
  } catch (error) {
    reportUncaught(error)
  }
}

function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error)
  else
    queueMicrotask(() => {
      throw error
    })
}
