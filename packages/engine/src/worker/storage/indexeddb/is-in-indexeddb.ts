import { databaseNameOf } from './schema.ts'
import { isWitnessed } from './commit-witness.ts'

/**
 * Whether a database of this folder name is in IndexedDB, as far as can be told, or was and has not been
 * deleted: one that the browser has dropped is to be missed.
 */
export async function isInIndexedDb(folder: string): Promise<boolean> {
  return (await isWitnessed(folder)) || (await isListed(folder))
}

async function isListed(folder: string): Promise<boolean> {
  // Not every browser can list them. One that cannot, and has files, has a witness in a file.
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
