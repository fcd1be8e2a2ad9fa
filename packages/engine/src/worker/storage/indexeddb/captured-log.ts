import { readUint32 } from './big-endian.ts'
import type { Amount, BlockFile } from '../block-store.ts'
import { FRAME_HEADER_SIZE, frameOffset, LOG_HEADER_SIZE } from '../log-layout.ts'
import { MemoryFile } from '../memory-file.ts'
import { BLOCK_SIZE } from '../block-size.ts'
import { sameBlock } from './same-block.ts'

/** Bytes of a frame. */
const FRAME = FRAME_HEADER_SIZE + BLOCK_SIZE

interface Frame {
  readonly page: number
  /** Pages in the database after the commit that this frame ends; 0 if it ends none. */
  readonly commitSize: number
}

/** What the commits since the last time have made of the database. */
export interface CapturedCommits {
  /** New content by page, counted from 1. */
  readonly pages: ReadonlyMap<number, Uint8Array>
  /** Pages in the database. */
  readonly pageCount: number
}

/**
 * SQLite's log, kept in memory: it lets connections read snapshots while another writes, and tells what
 * was committed. Nothing of it needs to outlive the worker, as commits are stored where the database is.
 */
export class CapturedLog implements BlockFile {
  readonly #file = new MemoryFile()
  readonly #beforeReset: () => void
  #frames: Frame[] = []
  /** How many frames belong to commits, and how many of them were taken. */
  #committed = 0
  #taken = 0
  /** How many of them are stored, and the pages of those that are not. */
  #stored = 0
  readonly #waiting = new Set<number>()
  /** The newest committed frame of each page. */
  readonly #newest = new Map<number, number>()

  /** `beforeReset` is called while the commits of a log that is about to begin anew can still be taken. */
  constructor(beforeReset: () => void) {
    this.#beforeReset = beforeReset
  }

  get hasCommits(): boolean {
    return this.#taken < this.#committed
  }

  /** Whether it tells of no commit at all. */
  get isEmpty(): boolean {
    return this.#committed === 0
  }

  /** What was committed and is not stored: distinct pages, and the bytes that they take here. */
  get dirty(): Amount {
    return { blocks: this.#waiting.size, bytes: (this.#committed - this.#stored) * FRAME }
  }

  /** What was committed since `noteTaken` was last called. */
  collect(): CapturedCommits {
    const numbers = new Set<number>()
    let pageCount = 0
    for (const { page, commitSize } of this.#frames.slice(this.#taken, this.#committed)) {
      numbers.add(page)
      if (commitSize > 0) pageCount = commitSize
    }
    const pages = new Map<number, Uint8Array>()
    // A database that has shrunk has lost the pages beyond its end.
    for (const page of numbers) if (page <= pageCount) pages.set(page, this.#newestContent(page))
    return { pages, pageCount }
  }

  /** What was collected is in good hands. */
  noteTaken(): void {
    this.#taken = this.#committed
  }

  /** All that was taken is stored. */
  noteStored(): void {
    this.#stored = this.#taken
    this.#waiting.clear()
  }

  /** Whether these bytes are the page as the newest commit of the log left it; undefined if it left it alone. */
  matchesNewest(page: number, bytes: Uint8Array): boolean | undefined {
    if (!this.#newest.has(page)) return undefined
    return sameBlock(this.#newestContent(page), bytes)
  }

  read(into: Uint8Array, offset: number): number {
    return this.#file.read(into, offset)
  }

  write(from: Uint8Array, offset: number): void {
    if (offset === 0) this.#reset()
    this.#file.write(from, offset)
    if (offset >= LOG_HEADER_SIZE && (offset - LOG_HEADER_SIZE) % FRAME === 0) this.#noteFrame(from, offset)
  }

  truncate(size: number): void {
    if (size < LOG_HEADER_SIZE) this.#reset()
    else this.#forgetFrom(Math.floor((size - LOG_HEADER_SIZE) / FRAME))
    this.#file.truncate(size)
  }

  size(): number {
    return this.#file.size()
  }

  sync(): void {
    // Commits are stored by the flush of the database, and before any checkpoint.
  }

  /** Forgets everything, commits too. */
  clear(): void {
    this.#taken = this.#committed
    this.truncate(0)
    this.#waiting.clear()
  }

  #noteFrame(header: Uint8Array, offset: number): void {
    const index = (offset - LOG_HEADER_SIZE) / FRAME
    const frame = { page: readUint32(header, 0), commitSize: readUint32(header, 4) }
    // SQLite corrects the sums of frames if it wrote a page twice in a transaction, which it does last of
    // all, after the frame that ends the transaction: what these frames tell is what they told before.
    if (index < this.#committed && isSame(frame, this.#frames[index])) return
    // Written anew from here: a transaction that was rolled back had frames here.
    this.#forgetFrom(index)
    this.#frames[index] = frame
    if (frame.commitSize === 0) return
    for (; this.#committed <= index; this.#committed++) {
      const { page: written } = this.#frames[this.#committed] as Frame
      this.#newest.set(written, this.#committed)
      this.#waiting.add(written)
    }
  }

  #forgetFrom(index: number): void {
    if (index < this.#committed) throw new Error('SQLite wrote over a frame of its log that was committed')
    this.#frames.length = Math.min(this.#frames.length, index)
  }

  #reset(): void {
    if (this.hasCommits) this.#beforeReset()
    this.#frames = []
    this.#committed = 0
    this.#taken = 0
    this.#stored = 0
    this.#newest.clear()
  }

  #newestContent(page: number): Uint8Array {
    const bytes = new Uint8Array(BLOCK_SIZE)
    this.#file.read(bytes, frameOffset(this.#newest.get(page) ?? 0, BLOCK_SIZE) + FRAME_HEADER_SIZE)
    return bytes
  }
}

function isSame(a: Frame, b: Frame | undefined): boolean {
  return a.page === b?.page && a.commitSize === b.commitSize
}
