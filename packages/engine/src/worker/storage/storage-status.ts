import type { StorageStatus } from '../../link/protocol.ts'
import type { ChosenStore } from './block-store.ts'

/** What is known of the storage: which it is and why, and how much room the browser gives it. */
export async function storageStatus({ store, reason }: ChosenStore, name: string): Promise<StorageStatus> {
  const { kind: backend, durable, bridge } = store
  const lostCommits = store.lostCommits?.(name) ?? 0
  const finishedCommit = store.hasFinishedCommit?.(name) ?? false
  const known = { lostCommits, finishedCommit, damage: undefined }
  return { backend, durable, bridge, ...known, reason, ...(await readQuota()) }
}

const UNKNOWN = { persisted: undefined, quota: undefined, usage: undefined }

async function readQuota(): Promise<Pick<StorageStatus, 'persisted' | 'quota' | 'usage'>> {
  const storage = globalThis.navigator?.storage
  if (typeof storage?.estimate !== 'function') return UNKNOWN
  try {
    const [persisted, { quota, usage }] = await Promise.all([storage.persisted(), storage.estimate()])
    return { persisted, quota, usage }
  } catch {
    // A frame without an origin of its own may not ask, but may have a database in memory.
    return UNKNOWN
  }
}
