import {
  IDBDatabase,
  IDBFactory,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
} from 'fake-indexeddb'
import { beforeEach, vi } from 'vitest'

const CLASSES = {
  IDBDatabase,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
}

/** The longest pause that is cut short: what waits for longer waits for something that does not answer. */
const LONGEST_PAUSE = 5000

/** Gives each test an IndexedDB of its own, and lets nothing pause before it tries again. */
export function useFakeIndexedDb(): void {
  const wait = globalThis.setTimeout
  for (const [name, value] of Object.entries(CLASSES)) vi.stubGlobal(name, value)
  vi.stubGlobal('setTimeout', (action: () => void, pause = 0) =>
    wait(action, pause > LONGEST_PAUSE ? pause : 0),
  )
  beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()))
}
