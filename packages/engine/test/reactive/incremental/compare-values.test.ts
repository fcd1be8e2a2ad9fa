import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SqlValue } from '../../../src/values.ts'
import { compareValues } from '../../../src/worker/reactive/incremental/compare-values.ts'
import { openClient } from '../../support/engine-client.ts'

const text = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'Z', '_', 'é', '\uE000', '\uFF5E', '😀', ' ', '0'),
})
const value: fc.Arbitrary<SqlValue> = fc.oneof(
  text,
  text,
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 53n + 3n }),
  fc.constantFrom(2 ** 53, 2 ** 53 + 2, 1.5),
  fc.uint8Array({ maxLength: 3 }),
)

test.for(['binary', 'nocase'] as const)(
  'values are in the order in which SQLite sorts them by %s',
  async (collation) => {
    const client = await openClient()
    await client.exec('create table v (a, b)')
    await fc.assert(
      fc.asyncProperty(value, value, async (a, b) => {
        await client.run('delete from v')
        await client.run('insert into v values (?, ?)', [a, b])
        const compared = `a collate ${collation}`
        const [row] = await client.query(
          `select coalesce(${compared} < b, 0) as less, coalesce(${compared} = b, a is b) as same,
           (select count(*) from (select a as x union all select b) where x is null) as nulls from v`,
        )
        const found = Math.sign(compareValues(a, b, collation))
        if (row?.['nulls'] === 1) expect(found).toBe(a === null ? -1 : 1)
        else expect(found).toBe(row?.['same'] === 1 ? 0 : row?.['less'] === 1 ? -1 : 1)
      }),
      { numRuns: 500 },
    )
  },
)

test('a character beyond the first 65,536 comes after all of those, as its bytes do', () => {
  expect(compareValues('😀', '～', 'binary')).toBeGreaterThan(0)
  expect(compareValues('\uE000', '😀', 'nocase')).toBeLessThan(0)
})
