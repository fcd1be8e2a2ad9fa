import { createStores, FORMAT } from '../../../src/worker/storage/indexeddb/schema.ts'
import { resultOf, transact } from '../../../src/worker/storage/indexeddb/transaction.ts'

/** All records of a database, by store. */
export type Image = ReadonlyMap<string, readonly (readonly [key: IDBValidKey, value: unknown])[]>

/** What is stored under a name at the moment. */
export async function imageOf(name: string): Promise<Image> {
  const database = await connect(name)
  const stores = [...database.objectStoreNames]
  const records = await transact(database, stores, 'readonly', (transaction) =>
    Promise.all(stores.map((store) => recordsIn(transaction.objectStore(store)))),
  )
  database.close()
  return new Map(stores.map((store, index) => [store, records[index] ?? []]))
}

async function recordsIn(store: IDBObjectStore): Promise<readonly (readonly [IDBValidKey, unknown])[]> {
  const [keys, values] = await Promise.all([
    resultOf(store.getAllKeys()),
    resultOf<unknown[]>(store.getAll()),
  ])
  return keys.map((key, index) => [key, values[index]] as const)
}

/** Stores an image under a name that is not used yet. */
export async function restore(name: string, image: Image): Promise<void> {
  await change(name, (transaction) => {
    for (const [store, records] of image) {
      for (const [key, value] of records) transaction.objectStore(store).put(value, key)
    }
  })
}

/** Runs one transaction over all stores. */
export async function change(name: string, work: (transaction: IDBTransaction) => void): Promise<void> {
  const database = await connect(name)
  await transact(database, [...database.objectStoreNames], 'relaxed', work)
  database.close()
}

function connect(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, FORMAT)
  request.addEventListener('upgradeneeded', () => createStores(request.result))
  return resultOf(request)
}
