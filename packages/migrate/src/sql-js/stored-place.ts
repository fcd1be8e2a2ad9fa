import { DataSyncError } from '@datasync/engine'
import { openIndexedDb } from '../open-indexeddb.ts'
import type { SqlJsSource } from './sql-js-source.ts'

/** A value that is kept somewhere. */
export interface StoredPlace {
  /** Names it, in messages and in the mark of an import: never altered. */
  readonly label: string
  readonly read: () => Promise<unknown>
  /** False if there is nothing that could be removed. */
  readonly remove: () => Promise<boolean>
}

/** The names that localforage has if an app gives none. */
const FORAGE_NAME = 'localforage'
const FORAGE_STORE = 'keyvaluepairs'

/** @throws DataSyncError `invalid-argument` */
export function placeOf(source: SqlJsSource): StoredPlace {
  if (typeof source === 'function') return given(async () => source())
  if (typeof source === 'string' || source instanceof Blob) return given(async () => source)
  if (typeof source === 'object' && source !== null) {
    if ('indexedDB' in source) return inIndexedDb(source.indexedDB)
    if ('localStorage' in source) return inLocalStorage(source.localStorage)
    if ('localforage' in source) return inLocalforage(source.localforage)
    if ('length' in source || source instanceof ArrayBuffer) return given(async () => source)
  }
  throw new DataSyncError(
    'invalid-argument',
    'A database of sql.js is imported from what was made of its bytes, or from the place where that is.',
  )
}

function given(read: () => Promise<unknown>): StoredPlace {
  return { label: 'what was given', read, remove: async () => false }
}

function inLocalStorage(key: string): StoredPlace {
  return {
    label: `localStorage ${JSON.stringify(key)}`,
    read: async () => localStorage.getItem(key),
    remove: async () => {
      localStorage.removeItem(key)
      return true
    },
  }
}

/** localforage is in IndexedDB, or where that was not to be had, in localStorage. */
function inLocalforage(place: {
  readonly key: string
  readonly name?: string | undefined
  readonly storeName?: string | undefined
}): StoredPlace {
  const { key, name = FORAGE_NAME, storeName = FORAGE_STORE } = place
  const records = inIndexedDb({ database: name, store: storeName, key })
  const texts = inLocalStorage(`${name}/${storeName === FORAGE_STORE ? '' : `${storeName}/`}${key}`)
  return {
    label: `localforage ${JSON.stringify([name, storeName, key])}`,
    read: async () => (await records.read()) ?? texts.read(),
    remove: async () => {
      await texts.remove()
      return records.remove()
    },
  }
}

function inIndexedDb(place: {
  readonly database: string
  readonly store: string
  readonly key: IDBValidKey
}): StoredPlace {
  const { database, store, key } = place
  return {
    label: `IndexedDB ${JSON.stringify([database, store, key])}`,
    read: () => inStore(database, store, 'readonly', (records) => records.get(key)),
    remove: async () => {
      await inStore(database, store, 'readwrite', (records) => records.delete(key))
      return true
    },
  }
}

async function inStore(
  name: string,
  store: string,
  mode: IDBTransactionMode,
  ask: (records: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await openIndexedDb(name)
  try {
    if (database?.objectStoreNames.contains(store) !== true) return undefined
    const transaction = database.transaction(store, mode)
    const request = ask(transaction.objectStore(store))
    return await new Promise<unknown>((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error(`"${name}" cannot be read`)),
      )
    })
  } finally {
    database?.close()
  }
}
