import type { Figure } from '../../src/side-by-side/results.ts'
import { isMoreBetter, type Workload } from '../../src/side-by-side/workload.ts'
import type { GateRatio } from './gate-ratios.ts'

/** A ratio that falls below this part of what it was fails. docs/benchmarks.md shows how far it moves by itself. */
const ALLOWED = 0.5

/** What a ratio is now, beside what it was. */
export interface GateOutcome extends GateRatio {
  readonly now: number
  readonly isKept: boolean
}

/** @throws Error where something was not measured. */
export function compareRatios(
  ratios: readonly GateRatio[],
  workloads: readonly Workload[],
  figures: readonly Figure[],
): readonly GateOutcome[] {
  const medianOf = (contender: string, workload: string): number => {
    const figure = figures.find((one) => one.contender === contender && one.workload === workload)
    if (figure !== undefined && 'median' in figure) return figure.median
    throw new Error(`${contender}, ${workload}: ${figure?.notRun ?? 'was not measured'}`)
  }
  return ratios.map((ratio) => {
    const workload = workloads.find(({ id }) => id === ratio.workload)
    if (workload === undefined) throw new Error(`There is no workload ${ratio.workload}.`)
    const [ours, other] = [medianOf(ratio.ours, workload.id), medianOf(ratio.other, workload.id)]
    const now = isMoreBetter(workload.unit) ? ours / other : other / ours
    return { ...ratio, now, isKept: now >= ratio.times * ALLOWED }
  })
}
