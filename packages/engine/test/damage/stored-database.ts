import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, vi } from 'vitest'
import { EXTENTS } from '../../src/worker/storage/indexeddb/schema.ts'
import { IndexedDbStore } from '../../src/worker/storage/indexeddb/indexeddb-store.ts'
import { resultOf, transact } from '../../src/worker/storage/indexeddb/transaction.ts'
import { EngineClient } from '../support/engine-client.ts'
import { FailingStore } from '../support/failing-store.ts'
import { OPEN_DEFAULTS } from '../support/open-defaults.ts'
import type { OpenRequest } from '../../src/link/protocol.ts'

const BLOCK_SIZE = 4096
const PER_EXTENT = 8
/** Header of a record and its entries, before the first block. */
const RECORD_HEADER = 40 + PER_EXTENT * 48

/** Has every database of the test in an IndexedDB of its own. */
export function useFakeIndexedDb(): void {
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('indexedDB', new IDBFactory())
}

/** Opens a database in IndexedDB, over the bridge that keeps it in memory. */
export async function openStored(name: string, options: Partial<OpenRequest> = {}): Promise<EngineClient> {
  const { client, opened } = connectStored(name, options)
  await opened
  return client
}

/** The same, where it may be that it cannot be opened. */
export function connectStored(
  name: string,
  options: Partial<OpenRequest> = {},
): { readonly client: EngineClient; readonly opened: Promise<unknown>; readonly store: FailingStore } {
  const request = { ...requestOf(name), ...options }
  const store = new FailingStore(new IndexedDbStore({ bridge: 'mirror', request, remember: () => undefined }))
  const client = new EngineClient(store)
  return { client, opened: client.request('open', request), store }
}

/** The store in which the databases are that are made here. */
export function storeOf(name: string, request: OpenRequest = requestOf(name)): IndexedDbStore {
  return new IndexedDbStore({ bridge: 'mirror', request, remember: () => undefined })
}

function requestOf(name: string): OpenRequest {
  const blocks = { ...OPEN_DEFAULTS.blocks, bridge: 'mirror', perExtent: PER_EXTENT } as const
  return { ...OPEN_DEFAULTS, name, storage: 'indexeddb', blocks }
}

export async function closeStored(client: EngineClient): Promise<void> {
  await client.request('close', null)
}

/** Changes a byte in each of the stored blocks, behind the back of the store. */
export async function damageBlocks(name: string, blocks: readonly number[]): Promise<void> {
  await changeExtents(name, blocks, (record, index) => {
    const at = RECORD_HEADER + index * BLOCK_SIZE + 2000
    record[at] = (record[at] ?? 0) ^ 0x55
    return record
  })
}

/** Stores other content for pages, as content that was meant: no checksum tells of it. */
export async function replacePages(
  name: string,
  pages: ReadonlyMap<number, Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const store = storeOf(name)
  const files = await store.open(name)
  for (const [page, bytes] of pages) files.main.write(bytes, (page - 1) * BLOCK_SIZE)
  await files.flush?.()
  await store.close(name)
}

/** Removes the records in which the blocks are. */
export async function dropExtents(name: string, blocks: readonly number[]): Promise<void> {
  await changeExtents(name, blocks, () => undefined)
}

async function changeExtents(
  name: string,
  blocks: readonly number[],
  change: (record: Uint8Array, index: number) => Uint8Array | undefined,
): Promise<void> {
  const database = await resultOf(indexedDB.open(`datasync:${name}`))
  try {
    for (const block of blocks) {
      const extent = Math.floor(block / PER_EXTENT)
      await transact(database, [EXTENTS], 'strict', async (transaction) => {
        const store = transaction.objectStore(EXTENTS)
        const record: unknown = await resultOf(store.get(extent))
        expect(record).toBeInstanceOf(Uint8Array)
        const changed = change(record as Uint8Array, block % PER_EXTENT)
        if (changed === undefined) store.delete(extent)
        else store.put(changed, extent)
      })
    }
  } finally {
    database.close()
  }
}
