/** Blocks: half a megabyte takes a few milliseconds to read, and holds what most apps show first. */
const CAPACITY = 128

/** The extents that were used first after the database was opened: likely those of the next opening. */
export class WarmSet {
  readonly #capacity: number
  readonly #extents = new Set<number>()
  #isTaken = false

  constructor(blocksPerExtent: number) {
    this.#capacity = Math.floor(CAPACITY / blocksPerExtent)
  }

  note(extent: number): void {
    if (this.#extents.size < this.#capacity) this.#extents.add(extent)
  }

  /** The set, once, when it is complete. */
  takeIfNew(): readonly number[] | undefined {
    if (this.#isTaken || this.#extents.size < this.#capacity) return undefined
    this.#isTaken = true
    return [...this.#extents]
  }
}
