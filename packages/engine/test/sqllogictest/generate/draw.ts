import fc from 'fast-check'
import { Picker } from '../../support/random/picker.ts'

const NUMBERS = 50_000

/** Choices that are the same for the same seed. */
export function drawFrom(seed: number): Picker {
  return new Picker(fc.sample(fc.noBias(fc.nat(1_000_000)), { seed, numRuns: NUMBERS }))
}

/** So many different ones of these, in random order. */
export function several<Choice>(p: Picker, count: number, choices: readonly Choice[]): readonly Choice[] {
  return shuffled(p, choices).slice(0, count)
}

export function shuffled<Choice>(p: Picker, choices: readonly Choice[]): readonly Choice[] {
  return choices
    .map((choice) => ({ choice, place: p.below(1_000_000) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ choice }) => choice)
}

export function times<Value>(count: number, make: (index: number) => Value): readonly Value[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
