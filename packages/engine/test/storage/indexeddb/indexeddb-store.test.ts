import { expect, test, vi } from 'vitest'
import type { OpenRequest } from '../../../src/link/protocol.ts'
import { IndexedDbStore } from '../../../src/worker/storage/indexeddb/indexeddb-store.ts'
import { OPEN_DEFAULTS } from '../../support/open-defaults.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

function storeWith(options: Partial<OpenRequest> = {}): IndexedDbStore {
  const request = { ...OPEN_DEFAULTS, name: 'shop', ...options }
  return new IndexedDbStore({ bridge: 'mirror', request, remember: () => undefined })
}

test('a database that cannot be opened is let go of', async () => {
  const writer = storeWith()
  const files = await writer.open('shop')
  files.main.write(new Uint8Array(4096), 0)
  await files.flush?.()
  await writer.close('shop')

  const connect = vi.spyOn(indexedDB, 'open')
  const reader = storeWith({ blocks: { ...OPEN_DEFAULTS.blocks, mirrorLimit: 0 } })
  await expect(reader.open('shop')).rejects.toMatchObject({ code: 'mirror-full' })
  expect(connect).toHaveBeenCalledOnce()
  const connection = (connect.mock.results[0]?.value as IDBOpenDBRequest).result
  expect(() => connection.transaction('meta')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }))
})
