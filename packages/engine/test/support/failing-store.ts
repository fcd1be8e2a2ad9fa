import type { BlockStore, DatabaseFiles } from '../../src/worker/storage/block-store.ts'

/** A store whose flushes can be made to fail, and are counted. */
export class FailingStore implements BlockStore {
  readonly kind: BlockStore['kind']
  readonly durable: boolean
  flushes = 0
  /** What each flush fails with. */
  failure: Error | undefined
  /** The database of which flushes fail; of any unless told. */
  failing: string | undefined
  readonly #store: BlockStore

  constructor(store: BlockStore) {
    this.#store = store
    this.kind = store.kind
    this.durable = store.durable
  }

  async open(database: string): Promise<DatabaseFiles> {
    const files = await this.#store.open(database)
    return {
      main: files.main,
      wal: files.wal,
      journal: files.journal,
      incoming: files.incoming,
      flush: () => {
        const isFailing = this.failure !== undefined && (this.failing ?? database) === database
        const flushing = isFailing ? Promise.reject(this.failure) : files.flush?.()
        if (flushing !== undefined) this.flushes++
        return flushing
      },
      dirty: () => files.dirty?.() ?? { blocks: 0, bytes: 0 },
      metrics: () => files.metrics?.() ?? { checksumFailures: 0 },
      revert: () => files.revert?.(),
      checkBlocks: async (first, count) => (await files.checkBlocks?.(first, count)) ?? [],
    }
  }

  close(database: string): Promise<void> {
    return this.#store.close(database)
  }

  delete(database: string): Promise<void> {
    return this.#store.delete(database)
  }
}
