import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkLinearizable, type SequentialModel, type TimedCall } from './check-linearizable.ts'

type Call = readonly ['read' | 'write' | 'add', number | undefined]

const REGISTER: SequentialModel<number, Call> = {
  initial: 0,
  apply(state, [kind, value]) {
    if (kind === 'write') return value
    const after = kind === 'add' ? state + 1 : state
    return value === undefined || value === after ? after : undefined
  },
}

/** A call, by when it was invoked and when it returned. */
function at(invoked: number, returned: number, ...call: Call): TimedCall<Call> {
  return { call, invoked, returned }
}

describe('a history is linearizable', () => {
  test.each<[string, readonly TimedCall<Call>[]]>([
    ['without a call', []],
    [
      'if calls that overlap can be put in an order',
      [at(0, 9, 'write', 1), at(1, 2, 'read', 0), at(3, 4, 'read', 1)],
    ],
    [
      'if an unknown write was applied late',
      [at(0, Infinity, 'write', 1), at(1, 2, 'read', 0), at(3, 4, 'read', 1)],
    ],
    ['if an unknown write was never applied', [at(0, Infinity, 'write', 1), at(1, 2, 'read', 0)]],
    ['if an unknown increment counts', [at(0, Infinity, 'add', undefined), at(1, 2, 'add', 2)]],
    ['if of two that touch either may come first', [at(0, 1, 'write', 1), at(1, 2, 'read', 0)]],
    [
      'if the first choice was wrong',
      [at(0, 9, 'write', 1), at(0, 9, 'write', 2), at(0, 9, 'write', 3), at(10, 11, 'read', 2)],
    ],
  ])('%s', (_, calls) => {
    expect(checkLinearizable(REGISTER, calls)).toBeUndefined()
  })
})

describe('a history is not linearizable', () => {
  test.each<[string, readonly TimedCall<Call>[], Call]>([
    ['if a read is stale', [at(0, 1, 'write', 1), at(2, 3, 'read', 0)], ['read', 0]],
    ['if an acknowledged write is lost', [at(0, 1, 'add', 1), at(2, 3, 'add', 1)], ['add', 1]],
    ['if an increment counts twice', [at(0, 1, 'add', 1), at(2, 3, 'read', 2)], ['read', 2]],
    [
      'if an unknown increment counts twice',
      [at(0, Infinity, 'add', undefined), at(1, 2, 'read', 1), at(3, 4, 'read', 2)],
      ['read', 2],
    ],
    [
      'if a write that was seen is gone',
      [at(0, Infinity, 'write', 1), at(1, 2, 'read', 1), at(3, 4, 'read', 0)],
      ['read', 0],
    ],
    [
      'if two see writes in different orders',
      [at(0, 9, 'write', 1), at(0, 9, 'write', 2), at(10, 11, 'read', 1), at(12, 13, 'read', 2)],
      ['read', 2],
    ],
  ])('%s', (_, calls, stuck) => {
    expect(checkLinearizable(REGISTER, calls)).toEqual(stuck)
  })
})

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(fc.constant('read' as const), fc.nat(3)),
  fc.tuple(fc.constant('write' as const), fc.nat(3)),
  fc.tuple(fc.constant('add' as const), fc.option(fc.nat(3), { nil: undefined })),
)
const timedCall: fc.Arbitrary<TimedCall<Call>> = fc
  .tuple(call, fc.nat(8), fc.option(fc.integer({ min: 1, max: 6 }), { nil: Infinity, freq: 4 }))
  .map(([one, invoked, duration]) => ({ call: one, invoked, returned: invoked + duration }))

test('it finds what trying all orders finds', () => {
  fc.assert(
    fc.property(fc.array(timedCall, { maxLength: 6 }), (calls) => {
      expect(checkLinearizable(REGISTER, calls) === undefined).toBe(tryAll(calls, REGISTER.initial))
    }),
    { numRuns: 2000 },
  )
})

/** Whether some order works: any call can come next that was invoked before each other had returned. */
function tryAll(calls: readonly TimedCall<Call>[], state: number): boolean {
  if (calls.every(({ returned }) => returned === Infinity)) return true
  const firstReturn = Math.min(...calls.map(({ returned }) => returned))
  return calls.some((next) => {
    const after = next.invoked <= firstReturn ? REGISTER.apply(state, next.call) : undefined
    return (
      after !== undefined &&
      tryAll(
        calls.filter((other) => other !== next),
        after,
      )
    )
  })
}

test('a long history with many unknown calls takes no time', () => {
  const calls = Array.from({ length: 600 }, (_, index) =>
    index % 40 === 0 ? at(index, Infinity, 'write', index) : at(index, index + 5.5, 'write', index),
  )
  expect(checkLinearizable(REGISTER, calls)).toBeUndefined()
})
