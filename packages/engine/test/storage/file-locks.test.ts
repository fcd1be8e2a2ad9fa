import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  FileLocks,
  LOCK_EXCLUSIVE,
  LOCK_NONE,
  LOCK_PENDING,
  LOCK_RESERVED,
  LOCK_SHARED,
  type LockHolder,
} from '../../src/worker/storage/file-locks.ts'

function holders(count: number): { readonly locks: FileLocks; readonly all: readonly LockHolder[] } {
  return { locks: new FileLocks(), all: Array.from({ length: count }, () => ({ lock: LOCK_NONE })) }
}

test('readers share; one of them may prepare to write beside them', () => {
  const { locks, all } = holders(3)
  const [a, b, c] = all as [LockHolder, LockHolder, LockHolder]
  expect([a, b].map((holder) => locks.lock(holder, LOCK_SHARED))).toEqual([true, true])
  expect(locks.reserved).toBe(false)
  expect(locks.lock(a, LOCK_RESERVED)).toBe(true)
  expect(locks.reserved).toBe(true)
  expect(locks.lock(b, LOCK_RESERVED)).toBe(false)
  expect(b.lock).toBe(LOCK_SHARED)
  expect(locks.lock(c, LOCK_SHARED)).toBe(true)
})

test('a writer waits for the readers that are in, and lets none in', () => {
  const { locks, all } = holders(3)
  const [writer, reader, late] = all as [LockHolder, LockHolder, LockHolder]
  locks.lock(writer, LOCK_SHARED)
  locks.lock(reader, LOCK_SHARED)
  locks.lock(writer, LOCK_RESERVED)
  expect(locks.lock(writer, LOCK_EXCLUSIVE)).toBe(false)
  expect(writer.lock).toBe(LOCK_PENDING)
  expect(locks.lock(late, LOCK_SHARED)).toBe(false)
  locks.unlock(reader, LOCK_NONE)
  expect(locks.lock(writer, LOCK_EXCLUSIVE)).toBe(true)
  expect(locks.lock(late, LOCK_SHARED)).toBe(false)
  locks.unlock(writer, LOCK_SHARED)
  expect(locks.reserved).toBe(false)
  expect(locks.lock(late, LOCK_SHARED)).toBe(true)
})

test('a hot journal is rolled back from SHARED straight to EXCLUSIVE, by one connection', () => {
  const { locks, all } = holders(2)
  const [a, b] = all as [LockHolder, LockHolder]
  locks.lock(a, LOCK_SHARED)
  expect(locks.lock(a, LOCK_EXCLUSIVE)).toBe(true)
  expect(locks.lock(b, LOCK_SHARED)).toBe(false)
  locks.unlock(a, LOCK_NONE)
  expect(locks.lock(b, LOCK_SHARED)).toBe(true)
})

test('whatever is asked in whatever order, no two connections exclude each other and both get in', () => {
  const step = fc.record({
    who: fc.nat(3),
    action: fc.constantFrom('shared', 'reserved', 'exclusive', 'downgrade', 'release'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { locks, all } = holders(4)
      for (const { who, action } of steps) {
        const holder = all[who]
        if (holder === undefined) continue
        if (action === 'shared') locks.lock(holder, LOCK_SHARED)
        // SQLite never asks for more from an unlocked file than SHARED.
        else if (action === 'reserved' && holder.lock >= LOCK_SHARED) locks.lock(holder, LOCK_RESERVED)
        else if (action === 'exclusive' && holder.lock >= LOCK_SHARED) locks.lock(holder, LOCK_EXCLUSIVE)
        else if (action === 'downgrade') locks.unlock(holder, LOCK_SHARED)
        else if (action === 'release') locks.unlock(holder, LOCK_NONE)

        const levels = all.map(({ lock }) => lock)
        const writers = levels.filter((level) => level >= LOCK_RESERVED).length
        expect(writers).toBeLessThanOrEqual(1)
        expect(locks.reserved).toBe(writers === 1)
        if (levels.includes(LOCK_EXCLUSIVE)) {
          expect(levels.filter((level) => level !== LOCK_NONE)).toEqual([LOCK_EXCLUSIVE])
        }
      }
      for (const holder of all) locks.unlock(holder, LOCK_NONE)
      const [first] = all
      if (first === undefined) return
      expect(locks.lock(first, LOCK_SHARED) && locks.lock(first, LOCK_EXCLUSIVE)).toBe(true)
    }),
  )
})
