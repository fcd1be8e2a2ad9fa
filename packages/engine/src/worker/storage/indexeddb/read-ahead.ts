/** The most blocks that are read ahead at once. */
const LONGEST_WINDOW = 64

/** Notices when extents are read one after another, and then reads ahead: twice as far each time. */
export class ReadAhead {
  readonly #longest: number
  #next = -1
  #window = 1

  constructor(blocksPerExtent: number) {
    this.#longest = Math.max(1, Math.floor(LONGEST_WINDOW / blocksPerExtent))
  }

  /** How many extents to read from `last` on, given that all from `first` to `last` had to be read. */
  windowFor(first: number, last: number): number {
    this.#window = first === this.#next ? Math.min(this.#window * 2, this.#longest) : 1
    this.#next = last + this.#window
    return this.#window
  }
}
