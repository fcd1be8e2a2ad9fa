import { databaseFolder } from './database-folder.ts'
import { deleteStored } from './indexeddb/delete-stored.ts'
import { hasOpfsMark, removeOpfsMark } from './opfs-home.ts'
import { OpfsStore } from './opfs-store.ts'

/** Removes from IndexedDB a database that has moved to files, if it has. */
export async function dropIndexedDbSource(name: string): Promise<void> {
  const folder = await databaseFolder(name)
  if (!(await hasOpfsMark(folder, 'supersedes'))) return
  await deleteStored(folder)
  await removeOpfsMark(folder, 'supersedes')
}

/** Removes the files of a database that has moved to IndexedDB, if it has. */
export async function dropOpfsSource(name: string): Promise<void> {
  if (typeof navigator.storage?.getDirectory !== 'function') return
  if (await hasOpfsMark(await databaseFolder(name), 'superseded')) await new OpfsStore().delete(name)
}
