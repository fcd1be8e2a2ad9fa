import type { OpenRequest } from '../../link/protocol.ts'
import type { Remember } from '../engine-host.ts'
import type { BlockStore, ChosenStore } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { databaseFolder } from './database-folder.ts'
import { chooseBridge } from './indexeddb/bridge.ts'
import { hasIndexedDb } from './indexeddb/has-indexeddb.ts'
import { IndexedDbStore } from './indexeddb/indexeddb-store.ts'
import { memoryStore } from './memory-store.ts'
import { dropIndexedDbSource, dropOpfsSource } from './drop-source.ts'
import { findOpfsHome, type OpfsHome } from './opfs-home.ts'
import { OpfsStore } from './opfs-store.ts'
import { verifying } from './verifying-store.ts'
import { testOpfs } from './test-opfs.ts'

/**
 * The store that was asked for, or the best that works here: where the database is already, else the
 * origin private file system, else IndexedDB. It is never replaced by a lesser one in silence, and a
 * database that is in one store is not begun anew in another.
 *
 * @throws DataSyncError `storage-unavailable`, `stored-elsewhere`, `isolation-required` or
 *   `bridge-unavailable`
 */
export async function chooseStore(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  switch (options.storage) {
    case 'memory':
      return memoryStore()
    case 'opfs':
      return chooseOpfs(options, remember)
    case 'indexeddb':
      return chooseIndexedDb(options, remember)
    default:
      return chooseBest(options, remember)
  }
}

async function chooseOpfs(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  const { name } = options
  assertSyncAccessHandles()
  const folder = await databaseFolder(name)
  const home = await askOpfs(() => findOpfsHome(folder))
  if (home === 'superseded' || (home === 'none' && (await hasIndexedDb(folder)))) {
    throw new DataSyncError('stored-elsewhere', `The database "${name}" is in IndexedDB.`)
  }
  return opfsStore(options, remember, 'The origin private file system was asked for.')
}

async function chooseIndexedDb(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  const { name } = options
  if ((await homeIfThereIsOne(await databaseFolder(name))) === 'here') {
    throw new DataSyncError(
      'stored-elsewhere',
      `The database "${name}" is in the origin private file system.`,
    )
  }
  return indexedDbStore(options, remember, 'IndexedDB was asked for.')
}

async function chooseBest(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  const { name, remembered } = options
  const folder = await databaseFolder(name)
  try {
    assertSyncAccessHandles()
    const home = await findOpfsHome(folder)
    if (home !== 'here') {
      if (remembered?.backend === 'indexeddb' || (await hasIndexedDb(folder))) {
        return indexedDbStore(options, remember, 'The database is in IndexedDB.')
      }
      await testOpfs()
    }
    return opfsStore(options, remember, 'The origin private file system works here.')
  } catch (error) {
    const reason = error instanceof DataSyncError ? error.sentence : String(error)
    // Elsewhere it would be an empty one.
    if (remembered?.backend === 'opfs') throw unavailable(`The database is there. ${reason}`, error)
    return indexedDbStore(options, remember, reason)
  }
}

/** Whether SQLite will have to wait for the store that is chosen for it, as far as can be told beforehand. */
export function likelySuspends({ storage, remembered, blocks }: OpenRequest): boolean {
  const isLikely = storage === 'indexeddb' || (storage === 'auto' && remembered?.backend === 'indexeddb')
  try {
    return isLikely && chooseBridge(blocks.bridge).bridge === 'jspi'
  } catch {
    return false
  }
}

/** The store that a database is to be moved to, wherever it is now. */
export function chooseTarget(options: OpenRequest, remember: Remember): ChosenStore {
  if (options.storage === 'indexeddb') return indexedDbStore(options, remember, 'The database was moved.')
  assertSyncAccessHandles()
  return { store: createOpfsStore(options), reason: 'The database was moved.' }
}

function opfsStore(options: OpenRequest, remember: Remember, reason: string): ChosenStore {
  remember({ name: options.name, backend: 'opfs' })
  return { store: createOpfsStore(options), reason, dropSource: () => dropIndexedDbSource(options.name) }
}

function createOpfsStore({ sync }: OpenRequest): BlockStore {
  return sync.verifyAfterWrite ? verifying(new OpfsStore()) : new OpfsStore()
}

function indexedDbStore(request: OpenRequest, remember: Remember, why: string): ChosenStore {
  if (typeof indexedDB === 'undefined') {
    throw new DataSyncError('storage-unavailable', `${why} This browser has no IndexedDB.`)
  }
  const { bridge, reason } = chooseBridge(request.blocks.bridge)
  const store = new IndexedDbStore({ bridge, request, remember })
  return { store, reason: `${why} ${reason}`, dropSource: () => dropOpfsSource(request.name) }
}

/** Where there are no files, there is no database in them. */
async function homeIfThereIsOne(folder: string): Promise<OpfsHome> {
  try {
    return hasSyncAccessHandles() ? await findOpfsHome(folder) : 'none'
  } catch {
    return 'none'
  }
}

async function askOpfs<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw unavailable(error instanceof Error ? error.message : String(error), error)
  }
}

function unavailable(reason: string, cause: unknown): DataSyncError {
  const message = `The origin private file system does not work now: ${reason}`
  return new DataSyncError('storage-unavailable', message, {}, cause)
}

function assertSyncAccessHandles(): void {
  if (hasSyncAccessHandles()) return
  throw new DataSyncError(
    'storage-unavailable',
    'This browser has no synchronous access to the origin private file system.',
  )
}

function hasSyncAccessHandles(): boolean {
  return (
    typeof FileSystemFileHandle === 'function' && 'createSyncAccessHandle' in FileSystemFileHandle.prototype
  )
}
