import type { OpenRequest } from '../../link/protocol.ts'
import type { Remember } from '../engine-host.ts'
import type { ChosenStore } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { clearFiles, type DatabaseHome, findHome, settleIn } from './database-home.ts'
import { chooseBridge } from './indexeddb/bridge.ts'
import { IndexedDbStore } from './indexeddb/indexeddb-store.ts'
import { memoryStore } from './memory-store.ts'
import { dropIndexedDbSource, dropOpfsSource } from './drop-source.ts'
import { assertSyncAccessHandles, opfsUnavailable } from './opfs-access.ts'
import { OpfsStore } from './opfs-store.ts'
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
  assertSyncAccessHandles()
  await settleIn('opfs', options.name)
  return opfsStore(options, remember, 'The origin private file system was asked for.')
}

async function chooseIndexedDb(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  await settleIn('indexeddb', options.name)
  return indexedDbStore(options, remember, 'IndexedDB was asked for.')
}

async function chooseBest(options: OpenRequest, remember: Remember): Promise<ChosenStore> {
  const { name, remembered } = options
  let home: DatabaseHome
  try {
    assertSyncAccessHandles()
    home = await findHome(name, remembered)
    if (home === 'none') await testOpfs()
  } catch (error) {
    const reason = error instanceof DataSyncError ? error.sentence : String(error)
    // Elsewhere it would be an empty one.
    if (remembered?.backend === 'opfs') throw opfsUnavailable(`The database is there. ${reason}`, error)
    return indexedDbStore(options, remember, reason)
  }
  if (home === 'indexeddb') return indexedDbStore(options, remember, 'The database is in IndexedDB.')
  if (home === 'none') await clearFiles(name)
  return opfsStore(options, remember, 'The origin private file system works here.')
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
  return inFiles(options, 'The database was moved.')
}

function opfsStore(options: OpenRequest, remember: Remember, reason: string): ChosenStore {
  remember({ name: options.name, backend: 'opfs' })
  return inFiles(options, reason)
}

function inFiles({ name, sync }: OpenRequest, reason: string): ChosenStore {
  const store = new OpfsStore({ verifies: sync.verifyAfterWrite })
  return { store, reason, dropSource: () => dropIndexedDbSource(name) }
}

function indexedDbStore(request: OpenRequest, remember: Remember, why: string): ChosenStore {
  if (typeof indexedDB === 'undefined') {
    throw new DataSyncError('storage-unavailable', `${why} This browser has no IndexedDB.`)
  }
  const { bridge, reason } = chooseBridge(request.blocks.bridge)
  const store = new IndexedDbStore({ bridge, request, remember })
  return { store, reason: `${why} ${reason}`, dropSource: () => dropOpfsSource(request.name) }
}
