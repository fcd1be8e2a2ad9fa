import { expect, test } from 'vitest'
import { ReadAhead } from '../../../src/worker/storage/indexeddb/read-ahead.ts'
import { WarmSet } from '../../../src/worker/storage/indexeddb/warm-set.ts'

/** Reads extents one after another; says how many were read each time. */
function windowsOf(readAhead: ReadAhead, first: number, reads: number): readonly number[] {
  const windows: number[] = []
  for (let extent = first; windows.length < reads; extent += windows.at(-1) ?? 0) {
    windows.push(readAhead.windowFor(extent, extent))
  }
  return windows
}

test('what is read in order is read ahead, twice as far each time, up to a bound', () => {
  expect(windowsOf(new ReadAhead(8), 0, 6)).toEqual([1, 2, 4, 8, 8, 8])
})

test('the bound is one of blocks, and what was read together counts as a whole', () => {
  expect(windowsOf(new ReadAhead(1), 0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64])
  expect(windowsOf(new ReadAhead(100), 0, 3)).toEqual([1, 1, 1])
  const readAhead = new ReadAhead(8)
  expect(readAhead.windowFor(3, 7)).toBe(1)
  expect(readAhead.windowFor(8, 9)).toBe(2)
  expect(readAhead.windowFor(11, 11)).toBe(4)
})

test('what is read here and there is not read ahead, and going on in order begins small', () => {
  const readAhead = new ReadAhead(8)
  windowsOf(readAhead, 0, 4)
  expect([50, 3, 51, 20].map((extent) => readAhead.windowFor(extent, extent))).toEqual([1, 1, 1, 1])
  expect(windowsOf(readAhead, 21, 3)).toEqual([2, 4, 8])
  expect(readAhead.windowFor(21, 21)).toBe(1)
})

test('the extents that were used first are told once, when there are enough of them', () => {
  const warm = new WarmSet(8)
  for (let extent = 0; extent < 15; extent++) {
    warm.note(extent * 3)
    warm.note(0)
  }
  expect(warm.takeIfNew()).toBe(undefined)
  for (const extent of [100, 200]) warm.note(extent)
  expect(warm.takeIfNew()).toEqual([...Array.from({ length: 15 }, (_, index) => index * 3), 100])
  expect(warm.takeIfNew()).toBe(undefined)
})
