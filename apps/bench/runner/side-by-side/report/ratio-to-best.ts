import { isMoreBetter, type Unit } from '../../../src/side-by-side/workload.ts'

/** The best of these, undefined of none. */
export function bestOf(unit: Unit, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined
  return isMoreBetter(unit) ? Math.max(...values) : Math.min(...values)
}

/**
 * How many times slower, or larger, than the best: 1 is the best, and more is worse. Undefined where one of them is
 * nothing: nobody is a number of times slower than what takes no time.
 */
export function ratioToBest(unit: Unit, value: number, best: number): number | undefined {
  if (!(value > 0 && best > 0)) return undefined
  return isMoreBetter(unit) ? best / value : value / best
}
