import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import type { OpenRequest } from '../../src/link/protocol.ts'
import type { SyncNews, SyncSettings } from '../../src/link/sync-protocol.ts'
import { IndexedDbStore } from '../../src/worker/storage/indexeddb/indexeddb-store.ts'
import { FailingStore } from './failing-store.ts'
import { type EngineClient, openUnclosedClient } from './engine-client.ts'
import { OPEN_DEFAULTS } from './open-defaults.ts'

export const SCHEMA = 'create table t (id integer primary key, a)'

export interface StoredClient {
  readonly client: EngineClient
  readonly store: FailingStore
  readonly request: OpenRequest
  /** All that was told of syncs, oldest first. */
  readonly events: () => SyncNews['events']
  readonly types: () => readonly string[]
}

/** IndexedDB as a browser has it, empty. */
export function stubIndexedDb(): void {
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('indexedDB', new IDBFactory())
}

/** A database in IndexedDB, under `relaxed` unless told, whose page listens to all that happens to it. */
export async function openStored(
  policy: Partial<SyncSettings> = {},
  options: Partial<OpenRequest> = {},
): Promise<StoredClient> {
  const sync = { ...OPEN_DEFAULTS.sync, ...policy }
  const request: OpenRequest = { ...OPEN_DEFAULTS, name: 'shop', durability: 'relaxed', sync, ...options }
  const inner = new IndexedDbStore({ bridge: 'mirror', request, remember: () => undefined })
  const store = new FailingStore(inner)
  const client = await openUnclosedClient(request, store)
  onTestFinished(async () => {
    store.failure = undefined
    await client.request('close', null)
  })
  await client.request('syncWatch', { enabled: true })
  const events = (): SyncNews['events'] => client.messages.flatMap(({ sync: news }) => news?.events ?? [])
  return {
    client,
    store,
    request,
    events,
    types: () => events().map((event) => ('cause' in event ? `${event.type} ${event.cause}` : event.type)),
  }
}
