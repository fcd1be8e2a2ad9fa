import type { StorageChoice } from '../../link/protocol.ts'
import type { BlockStore } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { MemoryStore } from './memory-store.ts'
import { OpfsStore } from './opfs-store.ts'

/** The store that was asked for, or the best that works here. It is never replaced by a lesser one in silence. */
export function chooseStore(choice: StorageChoice): BlockStore {
  if (choice === 'memory') return new MemoryStore()
  if (choice === 'indexeddb') {
    throw new DataSyncError('unsupported', 'Storage in IndexedDB is not there yet; use "opfs" or "memory".')
  }
  if (!hasSyncAccessHandles()) {
    throw new DataSyncError(
      'storage-unavailable',
      'This browser has no synchronous access to the origin private file system.',
    )
  }
  return new OpfsStore()
}

function hasSyncAccessHandles(): boolean {
  return (
    typeof FileSystemFileHandle === 'function' && 'createSyncAccessHandle' in FileSystemFileHandle.prototype
  )
}
