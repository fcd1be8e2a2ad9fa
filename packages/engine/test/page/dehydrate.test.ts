import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dehydrate } from '../../src/hydration.ts'
import { sql } from '../../src/index.ts'
import { fromPlainRows } from '../../src/live/plain-rows.ts'

const VALUE = fc.oneof(
  fc.constant(null),
  fc.string(),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  fc.uint8Array(),
)

describe('rows of a server', () => {
  test('are the same after JSON, whatever their values and the names of their columns', () => {
    const results = fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 4 })
      .chain((names) =>
        fc.array(fc.tuple(...names.map(() => VALUE)), { maxLength: 4 }).map((rows) => [names, rows] as const),
      )
    fc.assert(
      fc.property(results, ([names, tuples]) => {
        const rows = tuples.map((tuple) =>
          Object.fromEntries(names.map((name, index) => [name, tuple[index] ?? null])),
        )
        const state = dehydrate([{ statement: 'select 1', rows }])
        const [query] = (JSON.parse(JSON.stringify(state)) as typeof state).queries
        expect(query && fromPlainRows(query)).toEqual(rows)
      }),
    )
  })

  test('are plain data, which frameworks hand over as they please', () => {
    const rows = [{ id: 2n ** 60n, done: true, size: -0, data: new Uint8Array([0, 255]), note: null }]

    expect(dehydrate([{ statement: 'select ?', parameters: [1n], rows }])).toEqual({
      format: 1,
      queries: [
        {
          key: '8:select ?i1;',
          names: ['id', 'done', 'size', 'data', 'note'],
          values: [[{ integer: '1152921504606846976' }], [1], [{ real: '-0' }], [{ blob: 'AP8=' }], [null]],
        },
      ],
    })
  })

  test('belong to a statement however it is written', () => {
    const rows = [{ id: 1 }]
    const [text, tag] = dehydrate([
      { statement: 'select * from todo where list = ?', parameters: [7], rows },
      { statement: sql`select * from todo where list = ${7}`, rows },
    ]).queries
    expect(text).toEqual(tag)
  })

  test.each([
    ['a date', [{ at: new Date(0) }]],
    ['nothing', [{ at: undefined }]],
    ['not a number', [{ at: NaN }]],
    ['an object', [{ at: {} }]],
    ['other columns', [{ at: 1 }, { on: 1 }]],
    ['more columns', [{ at: 1 }, { at: 1, on: 1 }]],
    ['no list', 'rows' as never],
  ])('with %s in them are refused', (_, rows) => {
    expect(() => dehydrate([{ statement: 'select 1', rows }])).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    )
  })

  test('of what cannot be asked are refused', () => {
    const dehydrateOf = (statement: unknown, parameters?: unknown) => () =>
      dehydrate([{ statement: statement as string, parameters: parameters as [], rows: [] }])
    expect(dehydrateOf(7)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    expect(dehydrateOf('select ?', [new Date()])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    )
    expect(() => dehydrate({} as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  })
})
