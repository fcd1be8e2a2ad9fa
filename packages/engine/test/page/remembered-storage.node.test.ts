import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import type { RememberedStorage } from '../../src/link/protocol.ts'
import { chooseStore } from '../../src/worker/storage/choose-store.ts'
import { imageOf } from '../storage/indexeddb/indexeddb-image.ts'
import { createWithWorkers } from './in-process-worker.ts'

/** The storage of a page, which Node has not. */
function stubLocalStorage(): void {
  const items = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  })
}

function rememberedOf(name: string): RememberedStorage {
  return JSON.parse(localStorage.getItem(`datasync:${name}`) ?? '{}') as RememberedStorage
}

async function newestCommit(name: string): Promise<IDBValidKey | undefined> {
  return (await imageOf(`datasync:${name}`)).get('log')?.at(-1)?.[0]
}

test('the page remembers the newest commit of a database and of what is attached, though one turn made both', async () => {
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('indexedDB', new IDBFactory())
  stubLocalStorage()
  const { db } = createWithWorkers({ name: 'main', storage: 'indexeddb', bridge: 'mirror' }, { chooseStore })
  await db.attach('other')
  await db.exec('create table item (text); create table other.item (text)')
  await db.exec("insert into item values ('a'); insert into other.item values ('b')")
  for (const name of ['main', 'other']) {
    expect(rememberedOf(name), name).toMatchObject({ name, commit: await newestCommit(name) })
  }
})
