import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenRequest, RememberedStorage } from '../../../src/link/protocol.ts'
import type { Remember } from '../../../src/worker/engine-host.ts'
import { IndexedDbStore } from '../../../src/worker/storage/indexeddb/indexeddb-store.ts'
import { OPEN_DEFAULTS } from '../../support/open-defaults.ts'
import { stubIndexedDb } from '../../support/stored-client.ts'
import { imageOf, restore } from './indexeddb-image.ts'

beforeEach(stubIndexedDb)

/** Has the browser lose all that it has. */
function loseAll(): void {
  vi.stubGlobal('indexedDB', new IDBFactory())
}

function storeWith(options: Partial<OpenRequest> = {}, remember: Remember = () => undefined): IndexedDbStore {
  return new IndexedDbStore({
    bridge: 'mirror',
    request: { ...OPEN_DEFAULTS, name: 'shop', ...options },
    remember,
  })
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
  const [connected] = connect.mock.results as { readonly value: IDBOpenDBRequest }[]
  expect(connect).toHaveBeenCalledOnce()
  const connection = connected?.value.result
  expect(() => connection?.transaction('meta')).toThrow(
    expect.objectContaining({ name: 'InvalidStateError' }),
  )
})

describe('where the page is the witness', () => {
  test.each(['shop', 'attached'])('%s is missed that was lost since the store was made', async (name) => {
    const store = storeWith()
    await store.open(name)
    await store.close(name)
    loseAll()
    await expect(store.open(name)).rejects.toMatchObject({ code: 'database-lost' })
  })

  test('commits are missed that were made since then', async () => {
    const remembered: RememberedStorage[] = []
    await storeWith({}, (news) => remembered.push(news)).open('shop')
    const store = storeWith({ remembered: remembered.at(-1) })
    const files = await store.open('shop')
    const before = await imageOf('datasync:shop')
    files.main.write(new Uint8Array(4096), 0)
    await files.flush?.()
    await store.close('shop')
    loseAll()
    await restore('datasync:shop', before)
    await store.open('shop')
    expect(store.lostCommits('shop')).toBe(1)
  })

  test('a database that was deleted is not missed, whatever was remembered of it', async () => {
    const remembered: RememberedStorage[] = []
    await storeWith({}, (news) => remembered.push(news)).open('shop')
    const store = storeWith({ remembered: remembered.at(-1) })
    await store.open('shop')
    await store.delete('shop')
    const files = await store.open('shop')
    expect(files.main.size()).toBe(0)
  })
})
