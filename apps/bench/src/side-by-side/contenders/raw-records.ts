import type { IndexRange, RecordStore, StoredRecord } from '../record-store.ts'
import { readRange } from './read-range.ts'
import { resultOf } from './result-of.ts'

/** Records in an open IndexedDB, whose stores have `id` as their key. */
export class RawRecords implements RecordStore {
  readonly kind = 'records'
  readonly #database: IDBDatabase
  readonly #durability: 'strict' | 'relaxed'

  constructor(database: IDBDatabase, durability: 'strict' | 'relaxed') {
    this.#database = database
    this.#durability = durability
  }

  putAll(table: string, records: readonly StoredRecord[]): Promise<void> {
    return this.#write(table, (store) => {
      for (const record of records) store.put(record)
      store.transaction.commit()
    })
  }

  get<Found extends StoredRecord>(table: string, id: number): Promise<Found | undefined> {
    return resultOf<Found | undefined>(this.#reading(table).get(id))
  }

  async getMany<Found extends StoredRecord>(
    table: string,
    ids: readonly number[],
  ): Promise<readonly (Found | undefined)[]> {
    const store = this.#reading(table)
    const requests = ids.map((id): IDBRequest<Found | undefined> => store.get(id))
    // Requests of one transaction are answered in their order.
    const last = requests.at(-1)
    if (last !== undefined) await resultOf(last)
    return requests.map((request) => request.result)
  }

  increment(table: string, id: number, property: string, by: number): Promise<void> {
    return this.#write(table, (store) => {
      const request: IDBRequest<Record<string, unknown> | undefined> = store.get(id)
      request.addEventListener('success', () => {
        const record = request.result
        if (record === undefined) return store.transaction.abort()
        store.put({ ...record, [property]: Number(record[property]) + by })
        store.transaction.commit()
      })
    })
  }

  all<Found extends StoredRecord>(table: string, from?: number, to?: number): Promise<readonly Found[]> {
    const store = this.#reading(table)
    if (from === undefined && to === undefined) return resultOf<Found[]>(store.getAll())
    return resultOf<Found[]>(store.getAll(IDBKeyRange.bound(from ?? -Infinity, to ?? Infinity)))
  }

  range<Found extends StoredRecord>(table: string, range: IndexRange): Promise<readonly Found[]> {
    return readRange(this.#index(table, range), 'records', range) as Promise<readonly Found[]>
  }

  ids(table: string, range: IndexRange): Promise<readonly number[]> {
    return readRange(this.#index(table, range), 'ids', range) as Promise<readonly number[]>
  }

  count(table: string, range?: Pick<IndexRange, 'index' | 'from' | 'to'>): Promise<number> {
    if (range === undefined) return resultOf(this.#reading(table).count())
    return resultOf(this.#index(table, range).count(IDBKeyRange.bound(range.from, range.to)))
  }

  async close(): Promise<void> {
    this.#database.close()
  }

  #reading(table: string): IDBObjectStore {
    return this.#database.transaction(table, 'readonly').objectStore(table)
  }

  #index(table: string, { index }: Pick<IndexRange, 'index'>): IDBIndex {
    return this.#reading(table).index(indexName(index))
  }

  #write(table: string, work: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(table, 'readwrite', { durability: this.#durability })
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
      try {
        work(transaction.objectStore(table))
      } catch (error) {
        // Else what was put before is committed.
        transaction.abort()
        throw error
      }
    })
  }
}

export function indexName(index: IndexRange['index']): string {
  return typeof index === 'string' ? index : index.join('+')
}
