import type { RememberedStorage } from '../../link/protocol.ts'
import type { BlockStore } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { databaseFolder } from './database-folder.ts'
import { isInIndexedDb } from './indexeddb/is-in-indexeddb.ts'
import { hasSyncAccessHandles, opfsUnavailable } from './opfs-access.ts'
import { isInFiles } from './opfs-home.ts'
import { OpfsStore } from './opfs-store.ts'

/** The store that a database is in; `none` if there is no such database yet. */
export type DatabaseHome = 'opfs' | 'indexeddb' | 'none'

/** Needs files that work. `remembered` is what the page knows of the database. */
export async function findHome(
  name: string,
  remembered: RememberedStorage | undefined,
): Promise<DatabaseHome> {
  const folder = await databaseFolder(name)
  if (await isInFiles(folder)) return 'opfs'
  return remembered?.backend === 'indexeddb' || (await isInIndexedDb(folder)) ? 'indexeddb' : 'none'
}

/**
 * Has a database be in this store from now on, if it is in none. Its lock must be held.
 *
 * @throws DataSyncError `stored-elsewhere`, `database-in-use` or `storage-unavailable`
 */
export async function settleIn(kind: BlockStore['kind'], name: string): Promise<void> {
  if (kind === 'opfs') await settleInFiles(name)
  else if (kind === 'indexeddb' && (await mayBeInFiles(name))) {
    throw elsewhere(name, 'the origin private file system')
  }
}

async function settleInFiles(name: string): Promise<void> {
  const home = await askFiles(() => findHome(name, undefined))
  if (home === 'indexeddb') throw elsewhere(name, 'IndexedDB')
  if (home === 'none') await clearFiles(name)
}

/** Removes what was left in files of a database that is not in them: half of a copy, or one that has moved. */
export async function clearFiles(name: string): Promise<void> {
  await new OpfsStore().delete(name)
}

/** Where files do not work, there is no database in them. */
async function mayBeInFiles(name: string): Promise<boolean> {
  try {
    return hasSyncAccessHandles() && (await isInFiles(await databaseFolder(name)))
  } catch {
    return false
  }
}

async function askFiles<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw opfsUnavailable(error instanceof Error ? error.message : String(error), error)
  }
}

function elsewhere(name: string, place: string): DataSyncError {
  return new DataSyncError('stored-elsewhere', `The database "${name}" is in ${place}.`)
}
