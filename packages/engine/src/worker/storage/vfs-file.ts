import type { Amount, BlockFile } from './block-store.ts'
import { FileLocks } from './file-locks.ts'
import type { WalIndex } from './wal-index.ts'

/** Headers of a log and of its frames are no longer than this; pages are. */
const LONGEST_HEADER = 32

/** A file that SQLite can open, with all that its connections share: locks and the WAL index. */
export class VfsFile {
  readonly name: string
  readonly blocks: BlockFile
  readonly locks: FileLocks
  readonly walIndex: WalIndex
  /** Whether something was written, or tried to be, since the last sync that succeeded. */
  unsynced = false
  #unsyncedBlocks = 0
  #unsyncedBytes = 0
  /** How many connections have it open. */
  openCount = 0

  constructor(name: string, blocks: BlockFile, walIndex: WalIndex, locks: FileLocks = new FileLocks()) {
    this.name = name
    this.blocks = blocks
    this.walIndex = walIndex
    this.locks = locks
  }

  /** The same file by another way to its bytes: connections to either see each other's locks and log. */
  through(blocks: BlockFile): VfsFile {
    return new VfsFile(this.name, blocks, this.walIndex, this.locks)
  }

  /** What was written since the last sync that succeeded; pages that were written twice are twice in it. */
  get dirty(): Amount {
    return { blocks: this.#unsyncedBlocks, bytes: this.#unsyncedBytes }
  }

  write(from: Uint8Array, offset: number): void {
    this.unsynced = true
    this.#unsyncedBytes += from.length
    if (from.length > LONGEST_HEADER) this.#unsyncedBlocks++
    this.blocks.write(from, offset)
  }

  truncate(size: number): void {
    this.unsynced = true
    this.blocks.truncate(size)
  }

  /**
   * Syncs if there is anything to; says whether there was. Of a log it is told what it holds then, whoever synced it:
   * SQLite does by itself before a checkpoint, which makes the frames part of the database.
   */
  sync(): boolean | Promise<boolean> {
    const isDue = this.unsynced
    const pending = isDue ? this.blocks.sync() : undefined
    if (pending !== undefined) return pending.then(() => this.#noteSynced())
    if (isDue) this.#noteSynced()
    const held = this.blocks.noteFlushed === undefined ? undefined : this.walIndex.extent
    if (held !== undefined) this.blocks.noteFlushed?.(held)
    return isDue
  }

  #noteSynced(): true {
    this.unsynced = false
    this.#unsyncedBlocks = 0
    this.#unsyncedBytes = 0
    return true
  }
}
