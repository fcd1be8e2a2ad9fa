import type { Durability } from '../../../link/protocol.ts'
import type { BlockFault, BlockFile, DatabaseFiles } from '../block-store.ts'
import type { BlockStorage } from './block-storage.ts'
import { DataSyncError } from '../../../errors.ts'
import { MemoryFile } from '../memory-file.ts'
import { CapturedLog } from './captured-log.ts'
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
  readonly #durability: Durability

  constructor(storage: BlockStorage, durability: Durability) {
    this.#storage = storage
    this.#durability = durability
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
    if (!this.#log.hasCommits && this.#main.pending === undefined) return undefined
    return this.#store()
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
    if (this.#log.hasCommits) {
      await this.#loadReadable(this.#main.missingFor(this.#log.collect()))
      this.#capture()
    }
    const { pending } = this.#main
    if (pending === undefined) return
    await this.#storage.commit(pending.blocks, pending.size, this.#durability)
    this.#main.settle()
  }

  /** Has all blocks in memory at once but those that are damaged, which are told of when they are read. */
  async #loadReadable(blocks: readonly number[]): Promise<void> {
    if (await this.#canLoad(blocks)) return
    const readable: number[] = []
    for (const block of blocks) if (await this.#canLoad([block])) readable.push(block)
    await this.#storage.load(readable)
  }

  async #canLoad(blocks: readonly number[]): Promise<boolean> {
    try {
      await this.#storage.load(blocks)
      return true
    } catch (error) {
      if (error instanceof DataSyncError && error.code === 'corrupt') return false
      throw error
    }
  }

  #capture(): void {
    this.#main.accept(this.#log.collect())
    this.#log.noteTaken()
  }
}
