import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, inject } from 'vitest'
import { chooseStore } from '../../src/worker/storage/choose-store.ts'
import { storeUnderTest } from './store-under-test.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How the tests of this project reach IndexedDB. */
    bridge: 'jspi' | 'mirror'
  }
}

const bridge = inject('bridge')

globalThis.IDBKeyRange = IDBKeyRange
// A name means another database in each test.
beforeEach(() => void (globalThis.indexedDB = new IDBFactory()))

storeUnderTest.choose = (options, remember) =>
  chooseStore({ ...options, storage: 'indexeddb', blocks: { ...options.blocks, bridge } }, remember)
// The input is the same as in memory, where most of it is tried; here it is what reaches the store that counts.
storeUnderTest.share = 0.1
