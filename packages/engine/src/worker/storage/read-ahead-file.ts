import type { BlockFile } from './block-store.ts'

/** Pages of 4 KiB that are read at once where they are read one after another. */
const PAGES = 16
const PAGE_SIZE = 4096

/**
 * A file that costs as much for a page as for several, each of which is read by a call to the browser: whoever goes on
 * where the last read has ended is given what was read ahead. Nobody else may write to the file.
 */
export class ReadAheadFile implements BlockFile {
  readonly #file: BlockFile
  readonly #ahead = new Uint8Array(PAGES * PAGE_SIZE)
  /** Where in the file the bytes begin that were read ahead, and where they end. */
  #start = 0
  #end = 0
  /** Where the last read has ended. */
  #next = -1

  constructor(file: BlockFile) {
    this.#file = file
  }

  read(into: Uint8Array, offset: number): number {
    const end = offset + into.length
    const goesOn = offset === this.#next
    this.#next = end
    if (!this.#has(offset, end)) {
      if (!goesOn || into.length !== PAGE_SIZE) return this.#file.read(into, offset)
      this.#readAhead(offset)
      if (!this.#has(offset, end)) return this.#file.read(into, offset)
    }
    into.set(this.#ahead.subarray(offset - this.#start, end - this.#start))
    return into.length
  }

  write(from: Uint8Array, offset: number): void {
    if (offset < this.#end && offset + from.length > this.#start) this.#forget()
    this.#file.write(from, offset)
  }

  truncate(size: number): void {
    this.#forget()
    this.#file.truncate(size)
  }

  size(): number {
    return this.#file.size()
  }

  sync(): void | Promise<void> {
    return this.#file.sync()
  }

  #has(start: number, end: number): boolean {
    return start >= this.#start && end <= this.#end
  }

  #readAhead(offset: number): void {
    this.#forget()
    const count = this.#file.read(this.#ahead, offset)
    this.#start = offset
    this.#end = offset + count
  }

  #forget(): void {
    this.#start = 0
    this.#end = 0
  }
}
