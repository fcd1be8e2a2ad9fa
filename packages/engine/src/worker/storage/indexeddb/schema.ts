/** The version of the IndexedDB database: raised when an older program could not read a newer layout. */
export const FORMAT = 1

/** The stores. META holds one record, LOG a record a commit, STAGED parts of commits under way. */
export const META = 'meta'
export const LOG = 'log'
export const EXTENTS = 'extents'
export const STAGED = 'staged'

/** The key of the one record in META. */
export const RECORD_KEY = 'database'

export function createStores(database: IDBDatabase): void {
  for (const store of [META, LOG, EXTENTS, STAGED]) database.createObjectStore(store)
}

/** What the IndexedDB database of a folder name is called. */
export function databaseNameOf(folder: string): string {
  return `datasync:${folder}`
}
