import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IntervalIndex } from '../../../src/worker/reactive/predicates/interval-index.ts'

const bound = fc.option(
  fc.record({
    value: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.bigInt({ min: 0n, max: 9n })),
    isIncluded: fc.boolean(),
  }),
  { nil: undefined },
)
const range = fc.record({ kind: fc.constant('range' as const), lower: bound, upper: bound })

test('finds the intervals that hold a number, while they come and go', () => {
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 20 }),
      fc.array(fc.nat(19)),
      fc.double({ min: -1, max: 10, noNaN: true }),
      (ranges, ended, value) => {
        const index = new IntervalIndex<number>()
        for (const [item, each] of ranges.entries()) index.add(item, each)
        void [...index.at(value)]
        for (const item of ended) index.delete(item)

        const holding = [...ranges.entries()].filter(
          ([item, { lower, upper }]) =>
            !ended.includes(item) &&
            (lower?.value ?? -Infinity) <= value &&
            (upper?.value ?? Infinity) >= value,
        )
        expect([...index.at(value)].toSorted((a, b) => a - b)).toEqual(holding.map(([item]) => item))
      },
    ),
  )
})
