import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryKey } from '../../src/link/query-key.ts'
import type { SqlParameter, SqlParameters } from '../../src/values.ts'

const value: fc.Arbitrary<SqlParameter> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer({ min: -2, max: 2 }),
  fc.bigInt({ min: -2n, max: 2n }),
  fc.string({ maxLength: 4 }),
  fc.constantFrom('1', '1;', 'n', 's1:a', ''),
  fc.uint8Array({ maxLength: 4 }),
)
const statement = fc.record({
  sql: fc.constantFrom('select ?', 'select ?1', 'select ?n', ''),
  parameters: fc.oneof<fc.Arbitrary<SqlParameters>[]>(
    fc.array(value, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', '1', 'a1:b'), value, { maxKeys: 3 }),
  ),
})

test('tells values of different types apart that read alike', () => {
  const values: readonly SqlParameter[] = [
    1,
    '1',
    1n,
    true,
    null,
    'null',
    0,
    -0,
    false,
    '',
    new Uint8Array([1]),
    new Uint8Array([0x31]),
    new Uint8Array(),
  ]

  const keys = values.map((parameter) => queryKey({ sql: 'select ?', parameters: [parameter] }))

  expect(new Set(keys).size).toBe(values.length)
})

test('does not depend on the order of names, nor on which bytes hold a blob', () => {
  const key = queryKey({ sql: 'select :a, :b', parameters: { a: new Uint8Array([7]), b: 2 } })

  expect(queryKey({ sql: 'select :a, :b', parameters: { b: 2, a: new Uint8Array([7]) } })).toBe(key)
})

test('is equal exactly for equal statements', () => {
  const canonical = (parameters: SqlParameters): unknown =>
    Array.isArray(parameters)
      ? parameters
      : Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const same = (a: unknown, b: unknown): boolean => {
    try {
      expect(a).toStrictEqual(b)
      return true
    } catch {
      return false
    }
  }

  fc.assert(
    fc.property(statement, statement, (a, b) => {
      // Without parameters, it makes no difference how none are given.
      const isEmpty = [a, b].every(({ parameters }) => Object.keys(parameters).length === 0)
      const isSame = a.sql === b.sql && (isEmpty || same(canonical(a.parameters), canonical(b.parameters)))
      return (queryKey(a) === queryKey(b)) === isSame
    }),
    { numRuns: 500 },
  )
})
