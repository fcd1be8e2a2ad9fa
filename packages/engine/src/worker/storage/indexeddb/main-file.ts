import type { BlockFile } from '../block-store.ts'
import { DataSyncError } from '../../../errors.ts'
import type { BlockStorage } from './block-storage.ts'
import type { CapturedCommits, CapturedLog } from './captured-log.ts'
import { BLOCK_SIZE } from './extent-record.ts'

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

  get pending(): PendingChanges | undefined {
    if (this.#changes.size === 0 && this.#changedSize === undefined) return undefined
    return { blocks: this.#changes, size: this.#changedSize ?? this.#storage.size }
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
      if (!this.#shown.has(block) && !this.#changes.has(block)) blocks.push(block)
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

  /** Blocks whose old content must be in memory before these commits can be accepted. */
  missingFor({ pages }: CapturedCommits): readonly number[] {
    return [...pages.keys()]
      .map((page) => page - 1)
      .filter(
        (block) => block * BLOCK_SIZE < this.#size && !this.#shown.has(block) && !this.#changes.has(block),
      )
  }

  /** Makes what was taken from the log the newest content, and goes on showing the old. */
  accept({ pages, pageCount }: CapturedCommits): void {
    for (const [page, content] of pages) {
      const block = page - 1
      const shown = this.#shown.get(block)
      if (shown === undefined && block * BLOCK_SIZE < this.#size) {
        this.#shown.set(block, this.#readOld(block))
      } else if (shown instanceof Uint8Array && equal(shown, content)) this.#shown.delete(block)
      this.#changes.set(block, content)
    }
    this.#changedSize = pageCount * BLOCK_SIZE
    this.#dropChangesFrom(pageCount)
  }

  /** The pending changes were stored. */
  settle(): void {
    this.#changes.clear()
    this.#changedSize = undefined
  }

  /** Goes back to what is stored. No connection may have the file open. */
  revert(): void {
    this.settle()
    this.#shown.clear()
    this.#size = this.#storage.size
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
    const content = this.#shown.get(block) ?? this.#changes.get(block) ?? this.#storage.read(block)
    if (content instanceof DataSyncError) throw content
    return content
  }

  /** A damaged block can be written anew, and is as damaged as before to who began to read earlier. */
  #readOld(block: number): Uint8Array | DataSyncError {
    try {
      return this.#changes.get(block) ?? this.#storage.peek(block) ?? this.#storage.read(block)
    } catch (error) {
      if (error instanceof DataSyncError && error.code === 'corrupt') return error
      throw error
    }
  }

  #dropChangesFrom(first: number): void {
    for (const block of this.#changes.keys()) if (block >= first) this.#changes.delete(block)
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index])
}
