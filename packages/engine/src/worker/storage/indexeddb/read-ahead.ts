/** The longest run of extents that is read at once: 64 blocks if an extent has 8. */
const LONGEST_WINDOW = 8

/** Notices when extents are read one after another, and then reads ahead: twice as far each time. */
export class ReadAhead {
  #next = -1
  #window = 1

  /** How many extents to read from this one on, given that it had to be read. */
  windowFor(extent: number): number {
    this.#window = extent === this.#next ? Math.min(this.#window * 2, LONGEST_WINDOW) : 1
    this.#next = extent + this.#window
    return this.#window
  }
}
