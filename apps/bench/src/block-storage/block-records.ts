import type { Durability } from './data.ts'

/** A store of blocks by number, as anyone would write it by hand. */
export class BlockRecords implements Disposable {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  static async open(name: string): Promise<BlockRecords> {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('block'))
    return new BlockRecords(await resultOf(request))
  }

  /** Resolves when all of them are committed, in one transaction. */
  async write(blocks: ReadonlyMap<number, Uint8Array<ArrayBuffer>>, durability: Durability): Promise<void> {
    const transaction = this.#database.transaction('block', 'readwrite', {
      durability: durability === 'strict' ? 'strict' : 'relaxed',
    })
    const store = transaction.objectStore('block')
    for (const [number, block] of blocks) store.put(block, number)
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    })
  }

  async read(number: number): Promise<Uint8Array> {
    const found: unknown = await resultOf(this.#reading().get(number))
    if (found instanceof Uint8Array) return found
    throw new Error(`verification failed: block ${number} is missing`)
  }

  /** All of them at once, in the order of their numbers. */
  readAll(): Promise<readonly Uint8Array[]> {
    return resultOf(this.#reading().getAll())
  }

  count(): Promise<number> {
    return resultOf(this.#reading().count())
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  #reading(): IDBObjectStore {
    return this.#database.transaction('block', 'readonly').objectStore('block')
  }
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('a request failed')))
  })
}
