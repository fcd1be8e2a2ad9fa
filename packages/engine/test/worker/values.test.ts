import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SqlValue } from '../../src/values.ts'
import { openClient } from '../support/engine-client.ts'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', minLength: 30, maxLength: 60 }),
  fc.constantFrom('\ufeffmarked', '\ufeff', 'a\0b', '\0', '', '🏳️‍🌈', 'x'.repeat(5000)),
)
const value: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.constant(null),
  text,
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom<SqlValue>(2 ** 53, -(2 ** 53), 2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n), 0.1, -0, 1e300),
)

/** As an integer comes back: a number where that is exact. */
function asRead(given: SqlValue): SqlValue {
  if (typeof given !== 'bigint') return given
  return Number.isSafeInteger(Number(given)) ? Number(given) : given
}

test('every value comes back as it was given, through reader, writer, table and live query', async () => {
  const client = await openClient({ schema: 'create table t (id integer primary key, v)' })
  const probe = await client.observe('select v from t')
  const property = fc.asyncProperty(value, async (given) => {
    const expected = asRead(given)
    for (const lane of ['auto', 'write'] as const) {
      const { block } = await client.execute('select ?', [given], { lane })
      expect(block.values[0]?.[0]).toEqual(expected)
    }
    await client.run('replace into t values (1, ?)', [given])
    expect((await client.query('select v from t'))[0]?.['v']).toEqual(expected)
    expect(probe.rows[0]?.['v']).toEqual(expected)
    expect(await client.query('select v from t where v is :v', { v: given })).toHaveLength(1)
  })
  await fc.assert(property, { numRuns: 500 })
})

test('what is bound to a statement is not there when it is used again', async () => {
  const client = await openClient()
  expect(await client.query('select :a as a, :b as b', { a: 1, b: 'x', unused: 2 })).toEqual([
    { a: 1, b: 'x' },
  ])
  expect(await client.query('select :a as a, :b as b', { b: null, a: Uint8Array.of(1) })).toEqual([
    { a: Uint8Array.of(1), b: null },
  ])
  expect(await client.query('select ?2 as b, ?1 as a', [true, false])).toEqual([{ b: 0, a: 1 }])
  expect(await client.query('select $x as a, @y as b', { x: 1, y: 2 })).toEqual([{ a: 1, b: 2 }])
})

test('a script of many statements takes time in proportion to its length', { timeout: 60_000 }, async () => {
  const client = await openClient({ schema: 'create table t (id integer primary key, v text)' })
  const script = (count: number): string =>
    Array.from({ length: count }, (_, i) => `insert into t (v) values ('${'x'.repeat(100)} ${i}');`).join(
      '\n',
    )
  const time = async (count: number): Promise<number> => {
    const start = performance.now()
    await client.exec(`begin; ${script(count)} commit`)
    return performance.now() - start
  }
  await time(500)
  const short = await time(1000)
  const long = await time(16_000)
  expect(await client.value('select count(*) from t')).toBe(17_500)
  expect(long).toBeLessThan(short * 80)
})
