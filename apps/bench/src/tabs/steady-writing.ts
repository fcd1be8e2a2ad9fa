import type { EntryWriter } from './entry-writer.ts'

/** Writes one row after the other, from `start` until `finish`, and keeps the longest time without an acknowledgement. */
export class SteadyWriting {
  readonly #writer: EntryWriter
  /** Acknowledgements that are still wanted. */
  #wanted = Number.POSITIVE_INFINITY
  #longestGap = 0
  #ended: Promise<void> = Promise.resolve()

  constructor(writer: EntryWriter) {
    this.#writer = writer
  }

  /** Settles when the first row was acknowledged. */
  async start(): Promise<void> {
    this.#wanted = Number.POSITIVE_INFINITY
    this.#longestGap = 0
    let last = await this.#writer.write()
    while (last === undefined) last = await this.#writer.write()
    this.#ended = this.#writeOn(last)
  }

  /** Settles with the longest gap, after so many more rows. */
  async finish(writes: number): Promise<number> {
    this.#wanted = writes
    await this.#ended
    return this.#longestGap
  }

  async #writeOn(first: number): Promise<void> {
    let last = first
    while (this.#wanted > 0) {
      const acknowledged = await this.#writer.write()
      if (acknowledged === undefined) continue
      this.#longestGap = Math.max(this.#longestGap, acknowledged - last)
      last = acknowledged
      this.#wanted -= 1
    }
  }
}
