import type { Contender } from '../contender.ts'
import type { TableShape } from '../record-store.ts'
import { indexName, RawRecords } from './raw-records.ts'

/** IndexedDB by itself, in the page, as one who knows it writes it by hand. */
export function rawIndexedDb(durability: 'strict' | 'relaxed'): Contender {
  return {
    async open(name, tables) {
      const database = await openDatabase(`raw-indexeddb-${durability}-${name}`, tables)
      return new RawRecords(database, durability)
    },
  }
}

function openDatabase(name: string, tables: readonly TableShape[]): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => createTables(request.result, tables))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error(`${name} was not opened`)))
  })
}

function createTables(database: IDBDatabase, tables: readonly TableShape[]): void {
  for (const { name, indexes } of tables) {
    const store = database.createObjectStore(name, { keyPath: 'id' })
    for (const index of indexes)
      store.createIndex(indexName(index), typeof index === 'string' ? index : [...index])
  }
}
