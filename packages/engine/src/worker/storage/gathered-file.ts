import type { BlockFile } from './block-store.ts'

/** Bytes that are written at once: sixteen frames of a log, each a page of 4 KiB with its header. */
const MOST = 16 * (4096 + 24)

/**
 * A file that costs as much for a page as for several, each of which is written by a call to the browser: writes that
 * follow one another are gathered, and written together before anything else is done with the file. A failure is
 * thrown by whatever made them be written, and they are given up, as those after a write that failed are.
 */
export class GatheredFile implements BlockFile {
  readonly #file: BlockFile
  readonly #isLast: (from: Uint8Array) => boolean
  readonly #bytes = new Uint8Array(MOST)
  /** Where in the file the gathered bytes belong. */
  #start = 0
  #length = 0

  /** `isLast` is asked of each write whether all so far has to be in the file, be it synced or not. */
  constructor(file: BlockFile, isLast: (from: Uint8Array) => boolean = never) {
    this.#file = file
    this.#isLast = isLast
  }

  read(into: Uint8Array, offset: number): number {
    if (offset + into.length > this.#start) this.#write()
    return this.#file.read(into, offset)
  }

  write(from: Uint8Array, offset: number): void {
    const goesOn = offset === this.#start + this.#length && from.length <= MOST - this.#length
    if (!goesOn) this.#write()
    // Behind a gap, it would be more than the end of the file that reads have to be kept from.
    if (from.length > MOST || (this.#length === 0 && offset > this.#file.size()))
      this.#file.write(from, offset)
    else {
      if (this.#length === 0) this.#start = offset
      this.#bytes.set(from, this.#length)
      this.#length += from.length
    }
    if (this.#isLast(from)) this.#write()
  }

  truncate(size: number): void {
    this.#write()
    this.#file.truncate(size)
  }

  size(): number {
    this.#write()
    return this.#file.size()
  }

  sync(): void | Promise<void> {
    this.#write()
    return this.#file.sync()
  }

  #write(): void {
    if (this.#length === 0) return
    const gathered = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    this.#file.write(gathered, this.#start)
  }
}

function never(): boolean {
  return false
}
