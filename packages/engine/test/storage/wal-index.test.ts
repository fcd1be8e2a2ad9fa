import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUSY, OK } from '../../src/worker/sqlite/result-codes.ts'
import { loadSqlite } from '../../src/worker/sqlite/load-sqlite.ts'
import { WalIndex, type WalIndexHolder } from '../../src/worker/storage/wal-index.ts'

const REGION_SIZE = 32_768
const module = await loadSqlite()

function newHolder(): WalIndexHolder {
  return { sharedLocks: 0, exclusiveLocks: 0, usesWalIndex: false }
}

test('all connections see the same zeroed regions, made only when asked to', () => {
  const index = new WalIndex(module)
  const [a, b] = [newHolder(), newHolder()]
  expect(index.map(a, 0, REGION_SIZE, false)).toBe(0)
  const third = index.map(a, 2, REGION_SIZE, true) ?? 0
  expect(third).toBeGreaterThan(0)
  const first = index.map(b, 0, REGION_SIZE, false) ?? 0
  expect(first).toBeGreaterThan(0)
  expect(Math.abs(first - third)).toBeGreaterThanOrEqual(REGION_SIZE)
  expect(index.map(b, 2, REGION_SIZE, true)).toBe(third)
  const heap = module.wasm.heap8u()
  expect(heap.subarray(first, first + REGION_SIZE).every((byte) => byte === 0)).toBe(true)

  heap[first] = 1
  index.unmap(a)
  expect(index.map(b, 0, REGION_SIZE, false)).toBe(first)
  index.unmap(b)
  // After the last connection the index starts empty again, so that SQLite rebuilds it.
  expect(index.map(a, 0, REGION_SIZE, false)).toBe(0)
  const renewed = index.map(a, 0, REGION_SIZE, true) ?? 0
  expect(module.wasm.heap8u()[renewed]).toBe(0)
  index.unmap(a)
})

test('without memory there is no region, and what was there stays', () => {
  const index = new WalIndex({
    wasm: {
      ...module.wasm,
      heap8u: () => module.wasm.heap8u(),
      exports: { ...module.wasm.exports, sqlite3_malloc: () => 0 },
    },
  })
  expect(index.map(newHolder(), 0, REGION_SIZE, true)).toBeUndefined()
})

test('locks agree with a table of who holds what', () => {
  const range = fc
    .nat(7)
    .chain((offset) =>
      fc.record({ offset: fc.constant(offset), count: fc.integer({ min: 1, max: 8 - offset }) }),
    )
  const step = fc.record({
    who: fc.nat(2),
    action: fc.constantFrom('shared' as const, 'exclusive' as const, 'unlock' as const),
    range,
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = new WalIndex(module)
      const all = [newHolder(), newHolder(), newHolder()]
      const held = all.map(() => Array<'none' | 'shared' | 'exclusive'>(8).fill('none'))
      for (const {
        who,
        action,
        range: { offset, count },
      } of steps) {
        const holder = all[who]
        const own = held[who]
        if (holder === undefined || own === undefined) continue
        const slots = Array.from({ length: count }, (_, i) => offset + i)
        if (action === 'unlock') {
          index.unlock(holder, offset, count)
          for (const slot of slots) own[slot] = 'none'
          continue
        }
        // SQLite never asks for the other kind of what it has.
        if (slots.some((slot) => own[slot] !== 'none')) continue
        const others = held.filter((row) => row !== own)
        const free = slots.every((slot) =>
          others.every((row) => row[slot] === 'none' || (action === 'shared' && row[slot] === 'shared')),
        )
        expect(index.lock(holder, offset, count, action === 'exclusive')).toBe(free ? OK : BUSY)
        if (free) for (const slot of slots) own[slot] = action
      }
    }),
  )
})

test('a connection that goes away leaves no lock behind', () => {
  const index = new WalIndex(module)
  const [a, b] = [newHolder(), newHolder()]
  index.map(a, 0, REGION_SIZE, true)
  index.map(b, 0, REGION_SIZE, true)
  index.lock(a, 0, 1, true)
  index.lock(a, 3, 1, false)
  expect(index.lock(b, 0, 1, true)).toBe(BUSY)
  index.unmap(a)
  expect(index.lock(b, 0, 8, true)).toBe(OK)
  index.unmap(b)
})
