import { expect, test } from 'vitest'
import { bestOf, ratioToBest } from '../../runner/side-by-side/report/ratio-to-best.ts'

test('the best is the least, and of rates the most', () => {
  expect(bestOf('ms', [3, 1, 2])).toBe(1)
  expect(bestOf('MB', [3, 1, 2])).toBe(1)
  expect(bestOf('a second', [3, 1, 2])).toBe(3)
  expect(bestOf('ms', [])).toBeUndefined()
})

test('more is always worse than the best, which is 1', () => {
  expect(ratioToBest('ms', 10, 10)).toBe(1)
  expect(ratioToBest('kB', 25, 10)).toBe(2.5)
  expect(ratioToBest('a second', 25, 100)).toBe(4)
})

test('nothing is no ratio of anything', () => {
  expect(ratioToBest('runs', 0, 0)).toBeUndefined()
  expect(ratioToBest('runs', 12, 0)).toBeUndefined()
  expect(ratioToBest('a second', 0, 100)).toBeUndefined()
  expect(ratioToBest('MB', -0.2, 1)).toBeUndefined()
})
