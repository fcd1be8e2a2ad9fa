import { DataSyncError } from '@datasync/engine'
import { openIndexedDb } from '../open-indexeddb.ts'
import type { OldAccess } from '../old-database.ts'
import { withinTimeout } from '../within-timeout.ts'

/** The object store, and the key of the record `{ size }` beside those of the blocks, 0, 1, 2, ... */
const STORE = 'data'
const SIZE_KEY = -1
/** About how much is read at once, in bytes. */
const PIECE = 1024 * 1024
const NOTHING = new ArrayBuffer(0)

/** A file of absurd-sql: a record of IndexedDB for each block, as long as a page of SQLite. */
export class BlockFile {
  /** In bytes, when it was opened. */
  readonly size: number
  readonly #database: IDBDatabase
  readonly #label: string
  readonly #access: OldAccess

  /** Undefined if there is none, or nothing was ever written to it. */
  static async open(name: string, label: string, access: OldAccess): Promise<BlockFile | undefined> {
    const database = await openIndexedDb(name)
    if (database === undefined) return undefined
    if (!database.objectStoreNames.contains(STORE)) {
      database.close()
      throw new DataSyncError('import-damaged', `The ${label} has no blocks: it is of something else.`)
    }
    try {
      const size = await readSize(database, label, access)
      if (size > 0) return new BlockFile(database, size, label, access)
    } catch (error) {
      database.close()
      throw error
    }
    database.close()
    return undefined
  }

  private constructor(database: IDBDatabase, size: number, label: string, access: OldAccess) {
    this.#database = database
    this.size = size
    this.#label = label
    this.#access = access
  }

  readSize(): Promise<number> {
    return readSize(this.#database, this.#label, this.#access)
  }

  /** The first block, or nothing if that is missing. */
  async head(): Promise<Uint8Array> {
    const { keys, blocks } = await this.#readBlocks(0, 1)
    return new Uint8Array(keys[0] === 0 ? (blocks[0] ?? NOTHING) : NOTHING)
  }

  /** A transaction for each piece: one over all of them would end while the piece before is sent. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    const blockSize = (await this.head()).length
    if (blockSize === 0) throw this.#damaged('lacks its first block')
    const count = Math.max(1, Math.floor(PIECE / blockSize))
    for (let start = 0; start < this.size; start += count * blockSize) {
      const first = start / blockSize
      // A block that is not there was never written: zeros, as absurd-sql reads it.
      const piece = new Uint8Array(Math.min(count * blockSize, this.size - start))
      const { keys, blocks } = await this.#readBlocks(first, count)
      for (const [index, block] of blocks.entries()) {
        const offset = (Number(keys[index]) - first) * blockSize
        if (block.byteLength !== blockSize) throw this.#damaged('has blocks of several sizes')
        piece.set(new Uint8Array(block).subarray(0, Math.max(0, piece.length - offset)), offset)
      }
      yield piece
    }
  }

  close(): void {
    this.#database.close()
  }

  async #readBlocks(first: number, count: number): Promise<Blocks> {
    const range = IDBKeyRange.bound(first, first + count - 1)
    const read = await readStore(this.#database, this.#label, this.#access, (store) => [
      store.getAllKeys(range),
      store.getAll(range),
    ])
    const [keys, blocks] = read as readonly [readonly IDBValidKey[], readonly unknown[]]
    if (blocks.every((block) => block instanceof ArrayBuffer)) return { keys, blocks }
    throw this.#damaged('has records that are not blocks')
  }

  #damaged(what: string): DataSyncError {
    return new DataSyncError('import-damaged', `The ${this.#label} ${what}.`)
  }
}

interface Blocks {
  readonly keys: readonly IDBValidKey[]
  readonly blocks: readonly ArrayBuffer[]
}

async function readSize(database: IDBDatabase, label: string, access: OldAccess): Promise<number> {
  const [meta] = await readStore(database, label, access, (store) => [store.get(SIZE_KEY)])
  const { size = 0 } = (meta ?? {}) as { readonly size?: unknown }
  if (typeof size === 'number' && size >= 0) return size
  throw new DataSyncError('import-damaged', `The ${label} does not say how long it is.`)
}

/** absurd-sql keeps a transaction open for as long as it has the file locked for writing. */
function readStore(
  database: IDBDatabase,
  label: string,
  access: OldAccess,
  ask: (store: IDBObjectStore) => readonly IDBRequest[],
): Promise<readonly unknown[]> {
  access.signal?.throwIfAborted()
  const transaction = database.transaction(STORE, 'readonly')
  const requests = ask(transaction.objectStore(STORE))
  const answered = new Promise<readonly unknown[]>((resolve, reject) => {
    transaction.oncomplete = () => resolve(requests.map(({ result }): unknown => result))
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })
  return withinTimeout(answered, { label }, access, () => transaction.abort())
}
