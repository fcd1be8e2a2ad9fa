import { databaseNameOf } from './schema.ts'

/** Whether IndexedDB has a database for this folder name, as far as the browser tells. */
export async function hasIndexedDb(folder: string): Promise<boolean> {
  // Not every browser can list them; one that cannot has had synchronous file access from the start.
  if (typeof indexedDB === 'undefined' || typeof indexedDB.databases !== 'function') return false
  try {
    // A browser whose storage was damaged fails the first access, and has begun anew at the second.
    const databases = await indexedDB.databases().catch(() => indexedDB.databases())
    return databases.some(({ name }) => name === databaseNameOf(folder))
  } catch {
    // Where it is blocked, nothing can be in it.
    return false
  }
}
