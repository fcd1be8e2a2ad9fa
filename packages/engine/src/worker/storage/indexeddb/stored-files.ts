import type { Amount, BlockFault, BlockFile, DatabaseFiles, FileMetrics } from '../block-store.ts'
import type { BlockStorage } from './block-storage.ts'
import { MemoryFile } from '../memory-file.ts'
import { CapturedLog } from './captured-log.ts'
import { BLOCK_SIZE } from '../block-size.ts'
import { MainFile } from './main-file.ts'

/** The files of a database whose blocks are stored asynchronously. */
export class StoredFiles implements DatabaseFiles {
  readonly wal: BlockFile
  readonly main: BlockFile
  /** Only used while a database is made, which is stored as a whole. */
  readonly journal: BlockFile = new MemoryFile()
  readonly incoming: BlockFile = new MemoryFile()
  readonly #log: CapturedLog
  readonly #main: MainFile
  readonly #storage: BlockStorage

  constructor(storage: BlockStorage) {
    this.#storage = storage
    // A log that begins anew was checkpointed: every page of it has been written to the main file.
    this.#log = new CapturedLog(() => this.#capture())
    this.#main = new MainFile(storage, this.#log)
    this.wal = this.#log
    this.main = this.#main
  }

  /**
   * Stores all that was committed, as one commit; undefined if there is nothing to store.
   *
   * @throws DataSyncError; the changes stay pending
   */
  flush(): Promise<void> | undefined {
    if (!this.#log.hasCommits && this.#main.pendingCount === 0) return undefined
    return this.#store()
  }

  dirty(): Amount {
    const { blocks, bytes } = this.#log.dirty
    // What was taken from the log is in both; what was written without it, only in one.
    const taken = this.#main.pendingCount
    return { blocks: Math.max(blocks, taken), bytes: Math.max(bytes, taken * BLOCK_SIZE) }
  }

  metrics(): FileMetrics {
    return this.#storage.metrics
  }

  /** Gives up what was committed and could not be stored. No connection may have the files open. */
  revert(): void {
    this.#log.clear()
    this.#main.revert()
    this.journal.truncate(0)
  }

  checkBlocks(first: number, count: number): Promise<readonly BlockFault[]> {
    return this.#storage.check(first, count)
  }

  async close(): Promise<void> {
    await this.#storage.close()
  }

  async #store(): Promise<void> {
    await this.#loadShown()
    if (this.#log.hasCommits) this.#capture()
    const { pending } = this.#main
    if (pending === undefined) return this.#log.noteStored()
    // Under `relaxed` too: then it is rare, and whoever waits for it wants to be sure.
    await this.#storage.commit(pending.blocks, pending.size, 'strict')
    this.#main.settle(pending)
    this.#log.noteStored()
  }

  /** SQLite may commit more while old content is loaded, and may take all of it over into the main file. */
  async #loadShown(): Promise<void> {
    while (this.#log.hasCommits) {
      const loading = this.#main.loadShown(this.#log.collect())
      if (loading === undefined) return
      await loading
    }
  }

  #capture(): void {
    this.#main.accept(this.#log.collect())
    this.#log.noteTaken()
  }
}
