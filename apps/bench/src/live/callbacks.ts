/** Counts callbacks, and knows when there are no more. */
export class Callbacks {
  #count = 0
  #last = 0

  note(): void {
    this.#count += 1
    this.#last = performance.now()
  }

  get count(): number {
    return this.#count
  }

  /** When the last one came, on the clock of the page. */
  get last(): number {
    return this.#last
  }

  /** Settles when none has come for so long, from now on. */
  async untilQuiet(milliseconds: number): Promise<void> {
    const start = performance.now()
    for (;;) {
      const left = Math.max(start, this.#last) + milliseconds - performance.now()
      if (left <= 0) return
      await new Promise((resolve) => setTimeout(resolve, left))
    }
  }
}
