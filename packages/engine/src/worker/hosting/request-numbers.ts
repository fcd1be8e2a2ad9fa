/** More requests than a page makes. */
const SPAN = 2 ** 32

/**
 * Each page counts its requests from 1. In the engine, those of the guest of this index (from 1; 0 is the host's
 * own page) are told from all others by being moved.
 */
export class RequestNumbers {
  readonly #offset: number

  constructor(index: number) {
    this.#offset = index * SPAN
  }

  toEngine(request: number): number {
    return request + this.#offset
  }

  readonly toPage = (request: number): number => request - this.#offset

  readonly owns = (request: number): boolean => {
    const own = this.toPage(request)
    return own > 0 && own < SPAN
  }
}
