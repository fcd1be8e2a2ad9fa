import type { BlockFile, BlockStore, DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { LazyFile } from './lazy-file.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { nextTask } from './next-task.ts'

/** A store in memory that makes those who use it wait as one in a database of the browser would. */
export class WaitingStore implements BlockStore {
  readonly kind = 'memory'
  readonly durable = true
  readonly suspends: boolean
  flushes = 0
  /** What each flush fails with. */
  flushFailure: Error | undefined
  /** What a flush waits for, besides the next task. */
  gate: Promise<void> = Promise.resolve()
  /** Called as a flush begins. */
  onFlush: (() => void) | undefined
  readonly main: BlockFile
  readonly #files: DatabaseFiles

  /** With a `capacity` the database is loaded as it is read, and no more blocks than that are kept. */
  constructor(capacity?: number) {
    this.suspends = capacity !== undefined
    this.main = capacity === undefined ? new MemoryFile() : new LazyFile(capacity)
    this.#files = {
      main: this.main,
      wal: new MemoryFile(),
      journal: new MemoryFile(),
      incoming: new MemoryFile(),
      flush: () => this.#flush(),
    }
  }

  async open(): Promise<DatabaseFiles> {
    return this.#files
  }

  async close(): Promise<void> {
    // The content stays.
  }

  async delete(): Promise<void> {
    // Nobody opens it again.
  }

  #flush(): Promise<void> {
    this.flushes++
    this.onFlush?.()
    const { flushFailure, gate } = this
    return new Promise((resolve, reject) =>
      nextTask(() => {
        if (flushFailure === undefined) void gate.then(resolve)
        else reject(flushFailure)
      }),
    )
  }
}
