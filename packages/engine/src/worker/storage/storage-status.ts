import type { StorageStatus } from '../../link/protocol.ts'
import type { BlockStore } from './block-store.ts'

/** What is known of the storage: which it is and why, and how much room the browser gives it. */
export async function storageStatus(store: BlockStore, choice: string): Promise<StorageStatus> {
  const reason =
    store.kind === 'memory'
      ? 'Memory was asked for; nothing is kept.'
      : choice === 'auto'
        ? 'The origin private file system works here.'
        : 'The origin private file system was asked for.'
  return { backend: store.kind, durable: store.durable, reason, ...(await readQuota()) }
}

async function readQuota(): Promise<Pick<StorageStatus, 'persisted' | 'quota' | 'usage'>> {
  const storage = globalThis.navigator?.storage
  if (typeof storage?.estimate !== 'function') {
    return { persisted: undefined, quota: undefined, usage: undefined }
  }
  const [persisted, { quota, usage }] = await Promise.all([storage.persisted(), storage.estimate()])
  return { persisted, quota, usage }
}
