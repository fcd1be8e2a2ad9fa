import type { RememberedStorage } from '../link/protocol.ts'

/** In the storage of the page, which outlives what the browser may drop of the worker's. */
const PREFIX = 'datasync:'

/** What is known of a database from outside of where it is stored; undefined where nothing is, or can be. */
export function recallStorage(name: string): RememberedStorage | undefined {
  try {
    const text = globalThis.localStorage?.getItem(PREFIX + name)
    return text === null || text === undefined ? undefined : (JSON.parse(text) as RememberedStorage)
  } catch {
    // Storage that is forbidden throws when it is touched.
    return undefined
  }
}

export function rememberStorage(remembered: RememberedStorage): void {
  try {
    globalThis.localStorage?.setItem(PREFIX + remembered.name, JSON.stringify(remembered))
  } catch {
    // Then a loss would not be noticed, but nothing is lost by it.
  }
}

/** The database is deleted, and not to be missed. */
export function forgetStorage(name: string): void {
  try {
    globalThis.localStorage?.removeItem(PREFIX + name)
  } catch {
    // What cannot be touched was never remembered.
  }
}
