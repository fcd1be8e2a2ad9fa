/** 16 extents of 32 KiB take a few milliseconds to read, and hold what most apps show first. */
const CAPACITY = 16

/** The extents that were used first after the database was opened: likely those of the next opening. */
export class WarmSet {
  readonly #extents = new Set<number>()
  #isTaken = false

  note(extent: number): void {
    if (this.#extents.size < CAPACITY) this.#extents.add(extent)
  }

  /** The set, once, when it is complete. */
  takeIfNew(): readonly number[] | undefined {
    if (this.#isTaken || this.#extents.size < CAPACITY) return undefined
    this.#isTaken = true
    return [...this.#extents]
  }
}
