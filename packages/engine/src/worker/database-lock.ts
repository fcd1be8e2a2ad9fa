import type { BlockStore } from './storage/block-store.ts'
import { DataSyncError } from '../errors.ts'

/** How long a page that was just left, or reloaded, may take to let go of its database, in milliseconds. */
const PATIENCE = 4000

export interface DatabaseLock {
  release(): void
}

/**
 * The right to use the files of a database, which one worker of the origin has at a time. Memory
 * belongs to its worker anyway and needs no lock.
 */
export async function acquireDatabaseLock(store: BlockStore, name: string): Promise<DatabaseLock> {
  if (store.kind === 'memory') return { release: () => undefined }
  return new Promise((resolve, reject) => {
    const hold = (): Promise<void> => new Promise((release) => resolve({ release }))
    navigator.locks
      .request(`datasync:${name}`, { signal: AbortSignal.timeout(PATIENCE) }, hold)
      .catch(() =>
        reject(new DataSyncError('database-in-use', `The database "${name}" is open in another tab.`)),
      )
  })
}
