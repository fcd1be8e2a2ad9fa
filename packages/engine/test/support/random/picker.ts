import fc from 'fast-check'

/**
 * What a random choice is made of: numbers that are reduced to the length of what there is to choose from.
 * Small ones are no more telling than others.
 */
export type Picks = readonly number[]

export const picks: fc.Arbitrary<Picks> = fc.noBias(
  fc.array(fc.nat(1000), { minLength: 8, maxLength: 24, size: 'max' }),
)

/** Makes choices by a list of numbers, which begins anew when it ends: what is chosen shrinks with them. */
export class Picker {
  readonly #picks: Picks
  #next = 0

  constructor(numbers: Picks) {
    this.#picks = numbers.length === 0 ? [0] : numbers
  }

  below(limit: number): number {
    const pick = this.#picks[this.#next++ % this.#picks.length] ?? 0
    return limit === 0 ? 0 : (pick + Math.floor(this.#next / this.#picks.length)) % limit
  }

  of<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.below(choices.length)] ?? choices[0]
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === times - 1
  }
}
