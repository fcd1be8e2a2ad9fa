import type { BlockFile } from '../block-store.ts'
import { DataSyncError } from '../../../errors.ts'
import type { BlockStorage } from './block-storage.ts'
import type { CapturedCommits, CapturedLog } from './captured-log.ts'
import { BLOCK_SIZE } from '../block-size.ts'
import { sameBlock } from './same-block.ts'

const HOLE = new Uint8Array(BLOCK_SIZE)

/** What is to be stored next. */
export interface PendingChanges {
  readonly blocks: ReadonlyMap<number, Uint8Array>
  readonly size: number
}

/**
 * The database file as SQLite sees it. Commits are stored as they are made, while SQLite believes them in
 * its log and takes them over into this file only at the next checkpoint. Until then, readers that
 * began before a commit must find the old content here: so a block whose newest content was taken from the
 * log goes on showing the old one, kept in memory, until SQLite itself writes the new one.
 *
 * Content that was handed out or stored is never altered, only replaced.
 */
export class MainFile implements BlockFile {
  readonly #storage: BlockStorage
  readonly #log: CapturedLog
  /** What to show in place of a block's newest content: the old one, or that it is damaged. */
  readonly #shown = new Map<number, Uint8Array | DataSyncError>()
  /** Newest content that is not stored yet. */
  readonly #changes = new Map<number, Uint8Array>()
  #size: number
  #changedSize: number | undefined

  constructor(storage: BlockStorage, log: CapturedLog) {
    this.#storage = storage
    this.#log = log
    this.#size = storage.size
  }

  /** How many blocks are to be stored next: one at least if the size is. */
  get pendingCount(): number {
    return Math.max(this.#changes.size, this.#changedSize === undefined ? 0 : 1)
  }

  get pending(): PendingChanges | undefined {
    if (this.pendingCount === 0) return undefined
    return { blocks: new Map(this.#changes), size: this.#changedSize ?? this.#storage.size }
  }

  read(into: Uint8Array, offset: number): number {
    const length = Math.max(0, Math.min(into.length, this.#size - offset))
    for (let done = 0; done < length;) {
      const start = (offset + done) % BLOCK_SIZE
      const count = Math.min(length - done, BLOCK_SIZE - start)
      const content = this.#content(Math.floor((offset + done) / BLOCK_SIZE))
      into.set(count === BLOCK_SIZE ? content : content.subarray(start, start + count), done)
      done += count
    }
    return length
  }

  load(offset: number, length: number): Promise<void> | undefined {
    const end = Math.min(offset + length, this.#size)
    const blocks: number[] = []
    for (let block = Math.floor(offset / BLOCK_SIZE); block * BLOCK_SIZE < end; block++) {
      if (this.#own(block) === undefined) blocks.push(block)
    }
    return this.#storage.load(blocks)
  }

  write(from: Uint8Array, offset: number): void {
    for (let done = 0; done < from.length;) {
      const block = Math.floor((offset + done) / BLOCK_SIZE)
      const start = (offset + done) % BLOCK_SIZE
      const count = Math.min(from.length - done, BLOCK_SIZE - start)
      const content = new Uint8Array(BLOCK_SIZE)
      if (count < BLOCK_SIZE && block * BLOCK_SIZE < this.#size) content.set(this.#content(block))
      content.set(from.subarray(done, done + count), start)
      this.#put(block, content)
      done += count
    }
    if (from.length > 0) this.#size = Math.max(this.#size, offset + from.length)
  }

  truncate(size: number): void {
    this.#size = size
    for (const block of this.#shown.keys()) if (block * BLOCK_SIZE >= size) this.#shown.delete(block)
    // A checkpoint gives the file the size that was stored with the commit.
    if (!this.#log.isEmpty) return
    this.#changedSize = size
    this.#dropChangesFrom(Math.ceil(size / BLOCK_SIZE))
  }

  size(): number {
    return this.#size
  }

  sync(): void {
    // What was committed is stored by the flush of the database.
  }

  /**
   * Brings the old content into memory that is to be shown once these commits are accepted, and shows it;
   * undefined if all of it is there.
   */
  loadShown(commits: CapturedCommits): Promise<void> | undefined {
    const missing = this.#replacedBy(commits).filter((block) => !this.#isInMemory(block))
    return missing.length === 0 ? undefined : this.#show(missing)
  }

  /** Makes what was taken from the log the newest content, and goes on showing the old. */
  accept(commits: CapturedCommits): void {
    const { pages, pageCount } = commits
    for (const block of this.#replacedBy(commits)) {
      this.#shown.set(block, this.#own(block) ?? this.#readOld(block))
    }
    for (const [page, content] of pages) {
      const shown = this.#shown.get(page - 1)
      if (shown instanceof Uint8Array && sameBlock(shown, content)) this.#shown.delete(page - 1)
      this.#changes.set(page - 1, content)
    }
    this.#changedSize = pageCount * BLOCK_SIZE
    this.#dropChangesFrom(pageCount)
  }

  /** These changes were stored. What was taken from the log in the meantime is still pending. */
  settle(stored: PendingChanges): void {
    for (const [block, content] of stored.blocks) {
      if (this.#changes.get(block) === content) this.#changes.delete(block)
    }
    if (this.#changedSize === stored.size) this.#changedSize = undefined
  }

  /** Goes back to what is stored. No connection may have the file open. */
  revert(): void {
    this.#changes.clear()
    this.#changedSize = undefined
    this.#shown.clear()
    this.#size = this.#storage.size
  }

  /** Blocks of the file that these commits change or cut off, and whose old content is not shown for its own sake. */
  #replacedBy({ pages, pageCount }: CapturedCommits): readonly number[] {
    const end = Math.ceil(this.#size / BLOCK_SIZE)
    const changed = [...pages.keys()].map((page) => page - 1).filter((block) => block < end)
    const cutOff = Array.from({ length: Math.max(0, end - pageCount) }, (_, index) => pageCount + index)
    return [...changed, ...cutOff].filter((block) => !this.#shown.has(block))
  }

  async #show(blocks: readonly number[]): Promise<void> {
    const contents = await this.#fetchOld(blocks)
    for (const [block, content] of contents) {
      if (this.#own(block) === undefined) this.#shown.set(block, content)
    }
  }

  #put(block: number, content: Uint8Array): void {
    const matches = this.#log.matchesNewest(block + 1, content)
    if (matches === undefined) {
      this.#shown.delete(block)
      this.#changes.set(block, content)
      this.#changedSize = Math.max(this.#changedSize ?? this.#storage.size, (block + 1) * BLOCK_SIZE)
    } else if (matches && !this.#log.hasCommits) this.#shown.delete(block)
    else this.#shown.set(block, content)
  }

  #content(block: number): Uint8Array {
    const content = this.#own(block) ?? this.#storage.read(block)
    if (content instanceof DataSyncError) throw content
    return content
  }

  #isInMemory(block: number): boolean {
    return this.#own(block) !== undefined || this.#storage.has(block)
  }

  /** A damaged block can be written anew, and is as damaged as before to who began to read earlier. */
  async #fetchOld(blocks: readonly number[]): Promise<ReadonlyMap<number, Uint8Array | DataSyncError>> {
    try {
      return await this.#storage.fetch(blocks)
    } catch (error) {
      const [first = 0] = blocks
      if (!(error instanceof DataSyncError) || error.code !== 'corrupt') throw error
      if (blocks.length === 1) return new Map([[first, error]])
    }
    const contents = new Map<number, Uint8Array | DataSyncError>()
    for (const block of blocks) {
      for (const [found, content] of await this.#fetchOld([block])) contents.set(found, content)
    }
    return contents
  }

  /**
   * The same where it has to be at once. What is in memory is not used by that: each use may make the cache
   * smaller, and drop a block that is wanted next and could not be read.
   */
  #readOld(block: number): Uint8Array | DataSyncError {
    try {
      return this.#storage.peek(block) ?? this.#storage.read(block)
    } catch (error) {
      if (error instanceof DataSyncError && error.code === 'corrupt') return error
      throw error
    }
  }

  /** The content of a block that it does not have from what is stored. */
  #own(block: number): Uint8Array | DataSyncError | undefined {
    // A checkpoint that ends early leaves holes behind the end of what is stored.
    const otherwise = block * BLOCK_SIZE < this.#storage.size ? undefined : HOLE
    return this.#shown.get(block) ?? this.#changes.get(block) ?? otherwise
  }

  #dropChangesFrom(first: number): void {
    for (const block of this.#changes.keys()) if (block >= first) this.#changes.delete(block)
  }
}
