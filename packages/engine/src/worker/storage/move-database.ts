import type { BlockStore } from './block-store.ts'
import { copyDatabase, type CopySource } from './copy-database.ts'
import { databaseFolder } from './database-folder.ts'
import { removeOpfsMark, setOpfsMark } from './opfs-home.ts'
import { storageError } from './storage-error.ts'

/**
 * Copies a database to another store and makes that its home, in one step, once the copy is known to be
 * good. The source stays where it is, and is removed after a later opening at the new home.
 *
 * @throws DataSyncError; then the source is still the home, and there is no copy
 */
export async function moveDatabase(source: CopySource, target: BlockStore, name: string): Promise<void> {
  try {
    await copyHome(source, target, name)
  } catch (error) {
    throw storageError(`move ${JSON.stringify(name)}`, error)
  }
}

async function copyHome(source: CopySource, target: BlockStore, name: string): Promise<void> {
  const folder = await databaseFolder(name)
  // What an earlier move left behind as it was interrupted.
  await target.delete(name)
  if (target.kind === 'opfs') {
    await setOpfsMark(folder, 'copying')
    await copyDatabase(source, target, name)
    await setOpfsMark(folder, 'supersedes')
    await removeOpfsMark(folder, 'copying')
  } else {
    await copyDatabase(source, target, name)
    await setOpfsMark(folder, 'superseded')
  }
}
