import type { DatabaseSource } from './open-database.ts'
import { databaseFolder } from './storage/database-folder.ts'

/** Lets SQLite open a database of the store; returns the path under which it finds it. */
export async function mount({ store, vfs }: DatabaseSource, name: string): Promise<string> {
  const path = await databaseFolder(name)
  vfs.mount(path, await store.open(name))
  return path
}

/** Idempotent. The connections must have been closed. */
export async function unmount({ store, vfs }: DatabaseSource, name: string): Promise<void> {
  vfs.unmount(await databaseFolder(name))
  await store.close(name)
}
