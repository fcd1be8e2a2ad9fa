import { BLOCK_SIZE } from '../block-size.ts'

/** In bytes. */
export interface CacheBounds {
  readonly floor: number
  readonly initial: number
  readonly ceiling: number
}

/** The fewest lookups after which it is decided anew. */
const SHORTEST_ROUND = 1024
/** The part of lookups that a larger cache would have answered, from which on it is made larger. */
const WORTH_GROWING = 0.01
const GROWTH = 1.5
const SHRINKAGE = 0.875
/** Rounds in a row in which it would have made no difference, after which it is made smaller. */
const FIRST_PATIENCE = 8
const LONGEST_PATIENCE = 1024

/**
 * Finds how much of a database to keep in memory. Whoever keeps the numbers of the blocks that were dropped
 * can tell which misses a larger cache would have answered (Megiddo, Modha: ARC, 2003): where they are many,
 * it grows at once. Where there are none for long, it gives some memory back; each time that this turns out
 * to have been too much, it waits twice as long before the next, so that it comes to rest.
 */
export class CacheTuner {
  readonly #bounds: CacheBounds
  #capacity: number
  #lookups = 0
  #avoidable = 0
  #quietRounds = 0
  #patience = FIRST_PATIENCE
  #hasShrunk = false

  constructor(bounds: CacheBounds) {
    this.#bounds = bounds
    this.#capacity = bounds.initial
  }

  get ceiling(): number {
    return this.#bounds.ceiling
  }

  get capacity(): number {
    return this.#capacity
  }

  /** A block was looked up. `wouldHit`: it was missed, and had been dropped not long ago. */
  note(wouldHit: boolean): void {
    this.#lookups++
    if (wouldHit) this.#avoidable++
    // A round lasts long enough to see all of what is kept come by again.
    if (this.#lookups >= Math.max(SHORTEST_ROUND, this.#capacity / BLOCK_SIZE)) this.#endRound()
  }

  #endRound(): void {
    const gain = this.#avoidable / this.#lookups
    this.#quietRounds = this.#avoidable === 0 ? this.#quietRounds + 1 : 0
    this.#lookups = 0
    this.#avoidable = 0
    if (gain >= WORTH_GROWING) this.#grow()
    else if (this.#quietRounds >= this.#patience) this.#shrink()
  }

  #grow(): void {
    if (this.#hasShrunk) this.#patience = Math.min(this.#patience * 2, LONGEST_PATIENCE)
    this.#hasShrunk = false
    this.#capacity = Math.min(this.#capacity * GROWTH, this.#bounds.ceiling)
  }

  #shrink(): void {
    this.#quietRounds = 0
    this.#hasShrunk = true
    this.#capacity = Math.max(this.#capacity * SHRINKAGE, this.#bounds.floor)
  }
}
