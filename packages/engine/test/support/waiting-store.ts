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
  /** Whether something was written since the last flush that succeeded. */
  #isDirty = false
  readonly #files: DatabaseFiles

  /** With a `capacity` the database is loaded as it is read, and no more blocks than that are kept. */
  constructor(capacity?: number) {
    this.suspends = capacity !== undefined
    this.main = capacity === undefined ? new MemoryFile() : new LazyFile(capacity)
    this.#files = {
      main: this.#noted(this.main),
      wal: this.#noted(new MemoryFile()),
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

  #noted(file: BlockFile): BlockFile {
    return {
      load: (offset, length) => file.load?.(offset, length),
      read: (into, offset) => file.read(into, offset),
      write: (from, offset) => {
        this.#isDirty = true
        file.write(from, offset)
      },
      truncate: (size) => {
        this.#isDirty = true
        file.truncate(size)
      },
      size: () => file.size(),
      sync: () => file.sync(),
    }
  }

  #flush(): Promise<void> | undefined {
    if (!this.#isDirty) return undefined
    this.flushes++
    this.onFlush?.()
    const { flushFailure, gate } = this
    return new Promise((resolve, reject) =>
      nextTask(() => {
        if (flushFailure !== undefined) return reject(flushFailure)
        this.#isDirty = false
        void gate.then(resolve)
      }),
    )
  }
}
