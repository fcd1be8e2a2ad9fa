import type { BlockFile } from '../storage/block-store.ts'
import { RawPages } from './raw-pages.ts'

/** A copy of a database, to be mended page by page before SQLite opens it. */
export class ScratchPages {
  readonly pageSize: number
  readonly #file: BlockFile
  #pageCount: number

  constructor(file: BlockFile, pageSize: number) {
    this.#file = file
    this.pageSize = pageSize
    this.#pageCount = Math.floor(file.size() / pageSize)
  }

  get pageCount(): number {
    return this.#pageCount
  }

  /** The pages as they are now. `lost` are those that are known to have no content. */
  reader(lost?: ReadonlyMap<number, string>): RawPages {
    return new RawPages(this.#file, this.pageSize, lost)
  }

  write(page: number, bytes: Uint8Array): void {
    this.#file.write(bytes, (page - 1) * this.pageSize)
  }

  /** The number of a page at the end of the file, which grows by it. */
  append(): number {
    this.#pageCount++
    // Nothing may be where SQLite takes its locks.
    if (this.#pageCount === 0x4000_0000 / this.pageSize + 1) this.#pageCount++
    this.#file.truncate(this.#pageCount * this.pageSize)
    return this.#pageCount
  }

  truncate(pageCount: number): void {
    this.#pageCount = pageCount
    this.#file.truncate(pageCount * this.pageSize)
  }
}
