import type { BlockFile, LogExtent } from './block-store.ts'
import { damageError } from './damage-error.ts'
import { endOfCommit } from './end-of-commit.ts'
import { FrameSums } from './frame-sums.ts'
import { FRAME_HEADER_SIZE, frameOffset, LOG_HEADER_SIZE, LOG_PAGE_SIZE_AT } from './log-layout.ts'
import type { LogWitness } from './log-witness.ts'

/**
 * The write-ahead log of a database. SQLite compares the checksums of its frames only as it recovers it;
 * here, each later read is compared with what was written or recovered.
 */
export class CheckedLog implements BlockFile {
  readonly #file: BlockFile
  readonly #witness: LogWitness
  readonly #title: string
  readonly #sums = new FrameSums()
  readonly #endsCommit = endOfCommit()
  /** 0 as long as the log has none. */
  #pageSize = 0
  /** The first frame that was written since the last of a transaction. */
  #firstOpen: number | undefined

  /** `title` is what errors call the database. */
  constructor(file: BlockFile, witness: LogWitness, title: string) {
    this.#file = file
    this.#witness = witness
    this.#title = title
    const header = new Uint8Array(LOG_HEADER_SIZE)
    if (file.read(header, 0) === LOG_HEADER_SIZE) this.#obey(header)
  }

  read(into: Uint8Array, offset: number): number {
    const count = this.#file.read(into, offset)
    const { frame, start } = this.#place(offset)
    const isFrame = start === 0 && into.length === FRAME_HEADER_SIZE + this.#pageSize
    const isPage = start === FRAME_HEADER_SIZE && into.length === this.#pageSize
    if (this.#pageSize === 0 || frame < 0 || (!isFrame && !isPage)) return count
    if (count < into.length) {
      if (this.#sums.knows(frame, 'page')) throw this.#damage(frame, 'is missing')
      return count
    }
    if (isFrame) this.#compare(frame, 'header', into.subarray(0, FRAME_HEADER_SIZE))
    this.#compare(frame, 'page', into.subarray(FRAME_HEADER_SIZE - start))
    return count
  }

  write(from: Uint8Array, offset: number): void {
    const { frame, start } = this.#place(offset)
    const isHeader = start === 0 && from.length === FRAME_HEADER_SIZE
    const isPage = start === FRAME_HEADER_SIZE && from.length === this.#pageSize
    this.#firstOpen = Math.min(this.#firstOpen ?? frame, frame)
    try {
      this.#file.write(from, offset)
    } catch (error) {
      // It may have got some way, and so may those before it, which are written together with it.
      this.#sums.forget(this.#firstOpen)
      throw error
    }
    if (this.#endsCommit(from)) this.#firstOpen = undefined
    if (this.#pageSize > 0 && frame >= 0 && (isHeader || isPage)) {
      this.#sums.set(frame, isHeader ? 'header' : 'page', from)
    } else this.#forget(offset, from.length)
    if (offset === 0 && from.length === LOG_HEADER_SIZE) this.#obey(from)
  }

  truncate(size: number): void {
    this.#witness.beforeTruncate(size)
    this.#file.truncate(size)
    this.#sums.forget(this.#place(size).frame)
  }

  size(): number {
    return this.#file.size()
  }

  sync(): void | Promise<void> {
    return this.#file.sync()
  }

  noteFlushed(held: LogExtent): void {
    this.#witness.note(held)
  }

  #obey(header: Uint8Array): void {
    const pageSize = new DataView(header.buffer, header.byteOffset).getUint32(LOG_PAGE_SIZE_AT)
    if (pageSize !== this.#pageSize) this.#sums.forget(0)
    this.#pageSize = pageSize
  }

  #forget(offset: number, length: number): void {
    this.#sums.forget(this.#place(offset).frame, this.#place(offset + length - 1).frame + 1)
  }

  #place(offset: number): { readonly frame: number; readonly start: number } {
    const frameSize = FRAME_HEADER_SIZE + this.#pageSize
    const frame = Math.floor((offset - LOG_HEADER_SIZE) / frameSize)
    return { frame, start: offset - LOG_HEADER_SIZE - frame * frameSize }
  }

  #compare(frame: number, part: 'header' | 'page', bytes: Uint8Array): void {
    if (!this.#sums.fits(frame, part, bytes)) throw this.#damage(frame, 'is damaged')
    if (!this.#sums.knows(frame, part)) this.#sums.set(frame, part, bytes)
  }

  #damage(frame: number, what: string): Error {
    const header = new Uint8Array(FRAME_HEADER_SIZE)
    this.#file.read(header, frameOffset(frame, this.#pageSize))
    const page = new DataView(header.buffer).getUint32(0)
    return damageError(`Page ${page} of ${this.#title} ${what} in the log (frame ${frame + 1}).`)
  }
}
