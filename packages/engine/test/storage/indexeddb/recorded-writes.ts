import { change } from './indexeddb-image.ts'
import { intercept } from './intercept.ts'

type Write = (store: IDBObjectStore) => unknown

/** The transactions that were kept, in their order: what a crash leaves is the first so many of them. */
export class RecordedWrites {
  readonly #kept: (readonly (readonly [store: string, write: Write])[])[] = []
  readonly #open = new WeakMap<IDBTransaction, [string, Write][]>()
  readonly #stop: () => void

  constructor() {
    this.#stop = intercept(IDBObjectStore.prototype, ['put', 'add', 'delete', 'clear'], (method, call) => {
      const store = call.target as IDBObjectStore
      const values = structuredCloneOf(call.values)
      this.#writesOf(store.transaction).push([
        store.name,
        (other) => (other as unknown as Record<string, (...all: unknown[]) => unknown>)[method]?.(...values),
      ])
      return call.proceed()
    })
  }

  get count(): number {
    return this.#kept.length
  }

  stop(): void {
    this.#stop()
  }

  /** Makes a database of the first `count` transactions. */
  async replay(name: string, count: number): Promise<void> {
    await change(name, (transaction) => {
      for (const [store, write] of this.#kept.slice(0, count).flat()) write(transaction.objectStore(store))
    })
  }

  #writesOf(transaction: IDBTransaction): [string, Write][] {
    const present = this.#open.get(transaction)
    if (present !== undefined) return present
    const writes: [string, Write][] = []
    this.#open.set(transaction, writes)
    transaction.addEventListener('complete', () => void this.#kept.push(writes))
    return writes
  }
}

/** Copies of bytes; ranges and keys are not altered by anybody. */
function structuredCloneOf(values: readonly unknown[]): readonly unknown[] {
  return values.map((value) => (value instanceof Uint8Array ? value.slice() : value))
}
