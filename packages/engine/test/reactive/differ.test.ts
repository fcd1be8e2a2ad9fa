import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toRows } from '../../src/link/column-block.ts'
import type { ColumnBlock } from '../../src/link/protocol.ts'
import type { Patch } from '../../src/link/live-protocol.ts'
import { applyPatch } from '../../src/live/patch.ts'
import type { SqlRow, SqlValue } from '../../src/values.ts'
import { diff } from '../../src/worker/reactive/differ.ts'

type Row = readonly SqlValue[]

const NAMES = ['id', 'a', 'b']

function block(rows: readonly Row[], names: readonly string[] = NAMES): ColumnBlock {
  return { names, values: names.map((_, c) => rows.map((row) => row[c] ?? null)), rowCount: rows.length }
}

/** What a value is, apart from every other value. */
function identify(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) return `blob:${value.join()}`
  return Object.is(value, -0) ? 'number:-0' : `${typeof value}:${String(value)}`
}

function contentOf(row: SqlRow): string {
  return Object.values(row).map(identify).join('|')
}

function countByContent(rows: readonly SqlRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(contentOf(row), (counts.get(contentOf(row)) ?? 0) + 1)
  return counts
}

/** Applies the patch as a page does, and checks all that a patch promises. */
function checkPatch(
  previous: readonly Row[],
  next: readonly Row[],
  keys: readonly number[] | undefined,
): void {
  const old = toRows(block(previous))
  const patch = diff(block(previous), block(next), keys)
  const expected = toRows(block(next))
  if (patch === undefined) {
    expect(expected.map(contentOf)).toEqual(old.map(contentOf))
    return
  }
  const applied = applyPatch(old, structuredClone(patch))
  expect(applied.map(contentOf)).toEqual(expected.map(contentOf))
  expect(applied.map(contentOf), 'an equal result is no patch').not.toEqual(old.map(contentOf))
  checkThatNothingIsSentAgain(old, applied, patch)
}

function checkThatNothingIsSentAgain(
  old: readonly SqlRow[],
  next: readonly SqlRow[],
  { fresh }: Patch,
): void {
  const before = countByContent(old)
  const after = countByContent(next)
  for (const [content, count] of countByContent(toRows(fresh))) {
    expect(count, content).toBeLessThanOrEqual(
      Math.max(0, (after.get(content) ?? 0) - (before.get(content) ?? 0)),
    )
  }
}

const value: fc.Arbitrary<SqlValue> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.constantFrom<SqlValue>(null, -0, NaN, Infinity, 0.1, '', '0', '1,2', 'text', 1n, 2n ** 60n),
  fc.constantFrom([], [0], [1, 2], [1, 3]).map((bytes) => Uint8Array.from(bytes)),
)
const anyRow: fc.Arbitrary<Row> = fc.tuple(fc.integer({ min: 0, max: 12 }), value, value)
const anyRows = fc.array(anyRow, { maxLength: 14 })
const anyKeys = fc.constantFrom<readonly number[] | undefined>(undefined, [0], [1], [0, 1], [2, 0])

/** A list and what became of it by a few edits, as of a result from one run to the next. */
const edited: fc.Arbitrary<{ previous: readonly Row[]; next: readonly Row[] }> = fc
  .record({
    previous: anyRows,
    edits: fc.array(
      fc.record({
        kind: fc.constantFrom('insert', 'remove', 'change', 'move', 'swap', 'copy'),
        at: fc.nat(20),
        to: fc.nat(20),
        row: anyRow,
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ previous, edits }) => {
    const next = [...previous]
    for (const { kind, at, to, row } of edits) {
      const from = next.length === 0 ? 0 : at % next.length
      const target = next.length === 0 ? 0 : to % next.length
      if (kind === 'insert') next.splice(from, 0, row)
      if (kind === 'remove') next.splice(from, 1)
      if (kind === 'change' && next.length > 0) next.splice(from, 1, row)
      if (kind === 'move') next.splice(target, 0, ...next.splice(from, 1))
      if (kind === 'copy' && next.length > 0) next.splice(target, 0, next[from] ?? row)
      if (kind === 'swap' && next.length > 0) {
        const [a, b] = [next[from] ?? row, next[target] ?? row]
        next[from] = b
        next[target] = a
      }
    }
    return { previous, next }
  })

describe('a patch', () => {
  test('makes any result of any other, and sends no row that is there already', () => {
    fc.assert(fc.property(anyRows, anyRows, anyKeys, checkPatch), { numRuns: 3000 })
  })

  test('does so after a few edits', () => {
    fc.assert(
      fc.property(edited, anyKeys, ({ previous, next }, keys) => checkPatch(previous, next, keys)),
      { numRuns: 5000 },
    )
  })

  test('copies the very row objects that did not change', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 30 }),
        fc.func(fc.nat()),
        (ids, order) => {
          const previous = ids.map((id) => [id, `row ${id}`, null])
          const next = previous.toSorted(([a], [b]) => order(a) - order(b))
          const old = toRows(block(previous))
          const patch = diff(block(previous), block(next), [0])
          if (patch === undefined) return
          expect(patch.fresh.rowCount).toBe(0)
          expect(new Set(applyPatch(old, patch))).toEqual(new Set(old))
          for (const row of applyPatch(old, patch)) expect(old.includes(row)).toBe(true)
        },
      ),
    )
  })
})

const LARGE = 10_000
const large: readonly Row[] = Array.from({ length: LARGE }, (_, id) => [id, id % 7, `row ${id}`])

/** Segments and rows that a change of a large result costs. */
function costOf(next: readonly Row[], keys?: readonly number[]): { segments: number; fresh: number } {
  const patch = diff(block(large), block(next), keys)
  expect(applyPatch(toRows(block(large)), patch ?? { segments: [], fresh: block([]) })).toHaveLength(
    next.length,
  )
  return { segments: (patch?.segments.length ?? 0) / 2, fresh: patch?.fresh.rowCount ?? 0 }
}

describe('of ten thousand rows,', () => {
  test('one that changed is sent alone', () => {
    expect(costOf(large.with(5000, [5000, 99, 'changed']))).toEqual({ segments: 3, fresh: 1 })
    expect(costOf(large.with(0, [0, 99, 'changed']))).toEqual({ segments: 2, fresh: 1 })
    expect(costOf(large.with(LARGE - 1, [1, 99, 'changed']))).toEqual({ segments: 2, fresh: 1 })
  })

  test('one that came is sent alone, one that went is not', () => {
    expect(costOf(large.toSpliced(0, 0, [-1, 0, 'first']))).toEqual({ segments: 2, fresh: 1 })
    expect(costOf(large.toSpliced(4000, 0, [-1, 0, 'new']))).toEqual({ segments: 3, fresh: 1 })
    expect(costOf(large.toSpliced(4000, 1))).toEqual({ segments: 2, fresh: 0 })
    expect(costOf(large.slice(0, 100))).toEqual({ segments: 1, fresh: 0 })
    expect(costOf([])).toEqual({ segments: 0, fresh: 0 })
  })

  test('those in between two changes are copied', () => {
    const next = large.with(10, [10, 99, 'changed']).with(9990, [9990, 99, 'changed'])
    expect(costOf(next)).toEqual({ segments: 5, fresh: 2 })
    const shifted = large.toSpliced(9000, 1).toSpliced(1000, 0, [-1, 0, 'new'])
    expect(costOf(shifted)).toEqual({ segments: 4, fresh: 1 })
  })

  test('one that moved is copied', () => {
    const moved = large.toSpliced(9000, 1).toSpliced(10, 0, large[9000] ?? [])
    expect(costOf(moved, [0])).toEqual({ segments: 4, fresh: 0 })
    expect(costOf(moved)).toEqual({ segments: 4, fresh: 0 })
    expect(costOf(large.toReversed(), [0])).toEqual({ segments: LARGE, fresh: 0 })
    expect(costOf(large.toSpliced(0, 3000).concat(large.slice(0, 3000)), [0])).toEqual({
      segments: 2,
      fresh: 0,
    })
  })

  test('all are matched as quickly where their key is no key of the result', () => {
    // A join shows the primary key of the one row that all of these belong to.
    const joined = large.map(([id, a]): Row => [1, id ?? null, a ?? null])
    const start = performance.now()
    const patch = diff(block(joined), block(joined.toReversed()), [0])
    expect(patch?.fresh.rowCount).toBe(0)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('the first result, and one of other columns,', () => {
  test('is sent whole', () => {
    const rows: readonly Row[] = [[1, 2, 3]]
    expect(diff(undefined, block(rows), [0])).toEqual({ segments: [-1, 1], fresh: block(rows) })
    expect(diff(undefined, block([]), undefined)).toEqual({ segments: [], fresh: block([]) })
    const renamed = block(rows, ['id', 'a', 'c'])
    expect(diff(block(rows), renamed, undefined)).toEqual({ segments: [-1, 1], fresh: renamed })
    const wider = block(rows, ['id', 'a', 'b', 'c'])
    expect(diff(block(rows), wider, undefined)).toEqual({ segments: [-1, 1], fresh: wider })
  })

  test('is nothing new where there was no row and is none', () => {
    expect(diff(block([]), block([]), undefined)).toBeUndefined()
    expect(diff(block([]), block([], ['other']), undefined)).toBeUndefined()
  })
})

test.each<readonly [string, SqlValue, SqlValue, boolean]>([
  ['NaN and NaN', NaN, NaN, true],
  ['0 and -0', 0, -0, false],
  ['1 and 1n', 1, 1n, false],
  ["1 and '1'", 1, '1', false],
  ["null and ''", null, '', false],
  ['two blobs of the same bytes', Uint8Array.of(1, 2), Uint8Array.of(1, 2), true],
  ['two blobs of other bytes', Uint8Array.of(1, 2), Uint8Array.of(1, 3), false],
  ['a blob and a longer one', Uint8Array.of(1), Uint8Array.of(1, 0), false],
  ['a blob and its text', Uint8Array.of(1, 2), '1,2', false],
  ['two large integers', 2n ** 60n, 2n ** 60n, true],
])('%s count as equal: $3', (_, a, b, isEqual) => {
  expect(diff(block([[1, a, 0]]), block([[1, b, 0]]), [0]) === undefined).toBe(isEqual)
  checkPatch(
    [
      [1, a, 0],
      [2, b, 0],
    ],
    [
      [2, b, 0],
      [1, a, 0],
    ],
    [1],
  )
})
