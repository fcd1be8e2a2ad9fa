import type { RememberedStorage } from '../link/protocol.ts'
import { readItem, removeItem, writeItem } from '../page-storage.ts'

/** In the storage of the page, which outlives what the browser may drop of the worker's. */
const PREFIX = 'datasync:'

/** What is known of a database from outside of where it is stored; undefined where nothing is, or can be. */
export function recallStorage(name: string): RememberedStorage | undefined {
  return readItem(PREFIX + name) as RememberedStorage | undefined
}

/** Where nothing can be remembered, a loss would not be noticed, but nothing is lost by it. */
export function rememberStorage(remembered: RememberedStorage): void {
  writeItem(PREFIX + remembered.name, remembered)
}

/** The database is deleted, and not to be missed. */
export function forgetStorage(name: string): void {
  removeItem(PREFIX + name)
}
