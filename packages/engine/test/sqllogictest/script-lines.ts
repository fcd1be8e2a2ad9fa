/** The lines of a script, one after the other, without comments. A line of blanks is an empty one. */
export class ScriptLines {
  readonly #lines: readonly string[]
  #next = 0
  #current = ''

  constructor(text: string) {
    this.#lines = text.split(/\r?\n/)
  }

  get current(): string {
    return this.#current
  }

  /** The number of the current line, from 1. */
  get number(): number {
    return this.#next
  }

  /** False at the end, where the current line is an empty one. */
  next(): boolean {
    for (;;) {
      const line = this.#lines[this.#next]
      this.#current = line === undefined || line.trim() === '' ? '' : line
      if (line === undefined) return false
      this.#next += 1
      if (!line.startsWith('#')) return true
    }
  }

  /** Goes to the first line of the next record, from the empty line after the last one. */
  toNextRecord(): boolean {
    while (this.next()) {
      if (this.#current !== '') return true
    }
    return false
  }

  skipRecord(): void {
    while (this.#current !== '') this.next()
  }

  error(message: string): Error {
    return new Error(`${message} (line ${this.#next}).`)
  }
}
