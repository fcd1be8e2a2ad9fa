/** The longest run of extents that is read at once: 64 blocks if an extent has 8. */
const LONGEST_WINDOW = 8

/** Notices when extents are read one after another, and then reads ahead: twice as far each time. */
export class ReadAhead {
  #next = -1
  #window = 1

  /** How many extents to read from `last` on, given that all from `first` to `last` had to be read. */
  windowFor(first: number, last: number): number {
    this.#window = first === this.#next ? Math.min(this.#window * 2, LONGEST_WINDOW) : 1
    this.#next = last + this.#window
    return this.#window
  }
}
