import type { OpenRequest } from '../../link/protocol.ts'
import type { Remember } from '../engine-host.ts'
import type { ChosenStore } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { databaseFolder } from './database-folder.ts'
import { chooseBridge } from './indexeddb/bridge.ts'
import { databaseNameOf } from './indexeddb/schema.ts'
import { IndexedDbStore } from './indexeddb/indexeddb-store.ts'
import { memoryStore } from './memory-store.ts'
import { hasOpfsDatabase, OpfsStore } from './opfs-store.ts'
import { testOpfs } from './test-opfs.ts'

/**
 * The store that was asked for, or the best that works here: where the database is already, else the
 * origin private file system, else IndexedDB. It is never replaced by a lesser one in silence.
 *
 * @throws DataSyncError `storage-unavailable`, `isolation-required` or `bridge-unavailable`
 */
export async function chooseStore(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  switch (options.storage) {
    case 'memory':
      return memoryStore()
    case 'opfs':
      assertSyncAccessHandles()
      remember({ name: options.name, backend: 'opfs' })
      return { store: new OpfsStore(), reason: 'The origin private file system was asked for.' }
    case 'indexeddb':
      return indexedDbStore(options, remember, 'IndexedDB was asked for.')
    default:
      return chooseBest(options, remember)
  }
}

async function chooseBest(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  const { name, remembered } = options
  const folder = await databaseFolder(name)
  try {
    assertSyncAccessHandles()
    if (!(await hasOpfsDatabase(folder))) {
      if (remembered?.backend === 'indexeddb' || (await hasIndexedDb(folder))) {
        return indexedDbStore(options, remember, 'The database is in IndexedDB.')
      }
      await testOpfs()
    }
    remember({ name, backend: 'opfs' })
    return { store: new OpfsStore(), reason: 'The origin private file system works here.' }
  } catch (error) {
    const reason = error instanceof DataSyncError ? error.sentence : String(error)
    // Elsewhere it would be an empty one.
    if (remembered?.backend === 'opfs') {
      throw new DataSyncError(
        'storage-unavailable',
        `The database is in the origin private file system, which does not work now. ${reason}`,
        {},
        error,
      )
    }
    return indexedDbStore(options, remember, reason)
  }
}

function indexedDbStore(options: OpenRequest, remember: Remember, why: string): ChosenStore {
  if (typeof indexedDB === 'undefined') {
    throw new DataSyncError('storage-unavailable', `${why} This browser has no IndexedDB.`)
  }
  const { bridge, reason } = chooseBridge(options.blocks.bridge)
  return { store: new IndexedDbStore({ bridge, request: options, remember }), reason: `${why} ${reason}` }
}

async function hasIndexedDb(folder: string): Promise<boolean> {
  // Not every browser can list them; one that cannot has had synchronous file access from the start.
  if (typeof indexedDB === 'undefined' || typeof indexedDB.databases !== 'function') return false
  const databases = await indexedDB.databases()
  return databases.some(({ name }) => name === databaseNameOf(folder))
}

function assertSyncAccessHandles(): void {
  if (
    typeof FileSystemFileHandle === 'function' &&
    'createSyncAccessHandle' in FileSystemFileHandle.prototype
  ) {
    return
  }
  throw new DataSyncError(
    'storage-unavailable',
    'This browser has no synchronous access to the origin private file system.',
  )
}
