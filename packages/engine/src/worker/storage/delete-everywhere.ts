import type { BlockStore } from './block-store.ts'
import { databaseFolder } from './database-folder.ts'
import { clearFiles } from './database-home.ts'
import { deleteStored } from './indexeddb/delete-stored.ts'
import { isInIndexedDb } from './indexeddb/is-in-indexeddb.ts'
import { hasOpfsFolder } from './opfs-home.ts'

/**
 * Removes a database from the store that has it, and what a move has left of it in the other. That goes first:
 * a deletion that is cut short leaves the database, and never what it was before it moved.
 *
 * @throws DataSyncError `database-in-use` or `storage-unavailable`
 */
export async function deleteEverywhere(store: BlockStore, name: string): Promise<void> {
  const folder = await databaseFolder(name)
  if (store.kind === 'opfs' && (await isInIndexedDb(folder))) await deleteStored(folder)
  if (store.kind === 'indexeddb' && (await hasOpfsFolder(folder))) await clearFiles(name)
  await store.delete(name)
}
