import type { BlockFile } from './block-store.ts'
import { damageError } from './damage-error.ts'
import { HEADER_SIZE, hasRoomForSums, isDatabase, setRoomForSums } from './database-header.ts'
import { wordsOf } from './page-sum.ts'
import { convertSum, hasPlacedSum, PAGE_SIZE, stampPlacedSum } from './placed-sum.ts'

/**
 * The main file of a database, with a checksum at the end of each page, if the header says that pages
 * have room for one: written with each page, and compared at each read. Whoever reads finds the public
 * sum, which is bound to its place only in the file.
 */
export class ChecksummedFile implements BlockFile {
  readonly #file: BlockFile
  readonly #title: string
  readonly #page = new Uint8Array(PAGE_SIZE)
  readonly #words = wordsOf(this.#page)
  #isOn: boolean

  /**
   * `title` is what errors call the database. `hadSums` tells whether there were checksums when it was
   * last seen, for where the header is lost.
   */
  constructor(file: BlockFile, title: string, hadSums: boolean) {
    this.#file = file
    this.#title = title
    this.#isOn = this.#wasOn(hadSums)
  }

  /** Whether pages have checksums. */
  get hasSums(): boolean {
    return this.#isOn
  }

  read(into: Uint8Array, offset: number): number {
    // SQLite guesses from what it finds there and reads the page before it trusts it. A page that the log
    // has anew may be half written here.
    const isGuess = offset + into.length <= HEADER_SIZE
    if (!this.#isOn || isGuess) return this.#file.read(into, offset)
    if (offset === 0) {
      // SQLite says better by itself that this is no database, with pages of whatever size it takes it to have.
      const count = this.#file.read(into, 0)
      if (!isDatabase(into)) return count
    }
    for (let done = 0; done < into.length;) {
      const start = (offset + done) % PAGE_SIZE
      const count = Math.min(into.length - done, PAGE_SIZE - start)
      const page = Math.floor((offset + done) / PAGE_SIZE) + 1
      const isAligned = (into.byteOffset + done) % 4 === 0
      if (count === PAGE_SIZE && isAligned) this.#readPage(into.subarray(done, done + count), page)
      else {
        // Large values are read past the page cache, without the ends of their pages.
        this.#readPage(this.#page, page)
        into.set(this.#page.subarray(start, start + count), done)
      }
      done += count
    }
    return into.length
  }

  write(from: Uint8Array, offset: number): void {
    if (offset === 0 && from.length >= HEADER_SIZE) this.#obey(from)
    if (!this.#isOn || offset % PAGE_SIZE !== 0 || from.length % PAGE_SIZE !== 0) {
      return this.#file.write(from, offset)
    }
    for (let done = 0; done < from.length; done += PAGE_SIZE) {
      this.#writePage(from.subarray(done, done + PAGE_SIZE), (offset + done) / PAGE_SIZE + 1)
    }
  }

  truncate(size: number): void {
    this.#file.truncate(size)
    if (size === 0) this.#isOn = false
  }

  size(): number {
    return this.#file.size()
  }

  sync(): void | Promise<void> {
    return this.#file.sync()
  }

  #readPage(into: Uint8Array, page: number): void {
    const count = this.#file.read(into, (page - 1) * PAGE_SIZE)
    if (count < PAGE_SIZE) {
      throw damageError(`Page ${page} of ${this.#title} is missing: the file is cut short.`)
    }
    const words = wordsOf(into)
    if (!hasPlacedSum(words, page)) {
      throw damageError(`Page ${page} of ${this.#title} is damaged: its checksum does not fit.`)
    }
    convertSum(words, page)
  }

  #writePage(from: Uint8Array, page: number): void {
    this.#page.set(from)
    stampPlacedSum(this.#words, page)
    this.#file.write(this.#page, (page - 1) * PAGE_SIZE)
  }

  /** Goes by the header that is about to be written. */
  #obey(header: Uint8Array): void {
    const isOn = hasRoomForSums(header)
    // Pages may have come before the header that makes room for sums (a checkpoint that a reader holds up).
    // Those that are still to come are in the log, so that it does no harm to take them for such.
    if (isOn && !this.#isOn) this.#stampAll()
    this.#isOn = isOn
  }

  #stampAll(): void {
    const count = Math.floor(this.#file.size() / PAGE_SIZE)
    for (let page = 1; page <= count; page++) {
      this.#file.read(this.#page, (page - 1) * PAGE_SIZE)
      stampPlacedSum(this.#words, page)
      this.#file.write(this.#page, (page - 1) * PAGE_SIZE)
    }
  }

  /** What the header says, or did before it was damaged just there. */
  #wasOn(hadSums: boolean): boolean {
    const count = this.#file.read(this.#page, 0)
    if (count === 0) return false
    if (count < HEADER_SIZE || !isDatabase(this.#page)) return hadSums
    if (hasRoomForSums(this.#page)) return true
    setRoomForSums(this.#page)
    return count === PAGE_SIZE && hasPlacedSum(this.#words, 1)
  }
}
