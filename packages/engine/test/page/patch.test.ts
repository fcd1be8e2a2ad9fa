import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toRows } from '../../src/link/column-block.ts'
import type { ColumnBlock } from '../../src/link/protocol.ts'
import { applyPatch } from '../../src/live/patch.ts'
import { reuseRows } from '../../src/live/reuse-rows.ts'
import { diff } from '../../src/worker/reactive/differ.ts'

type Row = readonly [id: number, name: string | null, data: Uint8Array]

const rows = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom('a', 'b', null),
    fc.constantFrom(0, 1).map((byte) => new Uint8Array([byte])),
  ),
  { selector: ([id]) => id, maxLength: 12 },
)

function toBlock(list: readonly Row[]): ColumnBlock {
  return {
    names: ['id', 'name', 'data'],
    values: [list.map(([id]) => id), list.map(([, name]) => name), list.map(([, , data]) => data)],
    rowCount: list.length,
  }
}

test('P5: makes of the old rows the new ones, and keeps the objects of those that did not change', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const old = applyPatch([], expectPatch(undefined, toBlock(before)))
      expect(old).toEqual(toRows(toBlock(before)))

      const patch = diff(toBlock(before), toBlock(after), [0])
      const next = patch === undefined ? old : applyPatch(old, patch)

      expect(next).toEqual(toRows(toBlock(after)))
      for (const row of next) {
        const equal = old.find((known) => JSON.stringify(known) === JSON.stringify(row))
        if (equal !== undefined) expect(row).toBe(equal)
      }
    }),
  )
})

function expectPatch(
  previous: ColumnBlock | undefined,
  next: ColumnBlock,
): NonNullable<ReturnType<typeof diff>> {
  const patch = diff(previous, next, [0])
  if (patch === undefined) throw new Error('A first result is a patch.')
  return patch
}

test('gives rows and lists that nobody can change for others', () => {
  const [row] = applyPatch([], { segments: [-1, 1], fresh: toBlock([[1, 'a', new Uint8Array()]]) })

  expect(Object.isFrozen(row)).toBe(true)
  expect(Object.isFrozen(applyPatch([], { segments: [], fresh: toBlock([]) }))).toBe(true)
})

test('a column may be called as a property of all objects is', () => {
  const block: ColumnBlock = { names: ['__proto__', 'constructor'], values: [[1], ['x']], rowCount: 1 }

  const [row] = toRows(block)

  expect(Object.entries(row ?? {})).toEqual([
    ['__proto__', 1],
    ['constructor', 'x'],
  ])
})

test('of columns that share a name the last one is kept', () => {
  expect(toRows({ names: ['a', 'a'], values: [[1], [2]], rowCount: 1 })).toEqual([{ a: 2 }])
})

test('the first rows of another engine are those that are known, where they are equal', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const old = applyPatch([], expectPatch(undefined, toBlock(before)))
      const next = applyPatch([], expectPatch(undefined, toBlock(after)))

      const shown = reuseRows(old, next)

      expect(shown).toEqual(next)
      for (const row of shown) {
        const equal = old.find((known) => JSON.stringify(known) === JSON.stringify(row))
        if (equal !== undefined) expect(row).toBe(equal)
      }
      if (JSON.stringify(before) === JSON.stringify(after)) expect(shown).toBe(old)
    }),
  )
})
