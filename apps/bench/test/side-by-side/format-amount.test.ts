import { expect, test } from 'vitest'
import { formatAmount, formatRange, formatTimes } from '../../runner/side-by-side/report/format-amount.ts'

test('three digits are shown, and all of what is large', () => {
  expect(formatAmount('ms', 0.31249)).toBe('0.312 ms')
  expect(formatAmount('ms', 1.9)).toBe('1.90 ms')
  expect(formatAmount('MB', 14.25)).toBe('14.3 MB')
  expect(formatAmount('kB', 2140.4)).toBe('2,140 kB')
  expect(formatAmount('a second', 45_600.7)).toBe('45,601/s')
})

test('what is counted is exact, and nothing is none', () => {
  expect(formatAmount('runs', 0)).toBe('none')
  expect(formatAmount('runs', 1)).toBe('1 run')
  expect(formatAmount('runs', 1000)).toBe('1,000 runs')
  expect(formatAmount('ms', 0)).toBe('0 ms')
})

test('a range that is one number is shown as one', () => {
  expect(formatRange('ms', 9.96, 10.04)).toBe('9.96 – 10.0')
  expect(formatRange('runs', 12, 12)).toBe('12')
})

test('times are shown as exactly as they are read', () => {
  expect([1, 1.004, 1.4, 12.34, 1234].map(formatTimes)).toEqual(['1×', '1.00×', '1.40×', '12.3×', '1,234×'])
})
