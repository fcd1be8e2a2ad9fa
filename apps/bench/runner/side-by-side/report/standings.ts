import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'
import type { Comparison } from './comparisons.ts'

/** How one contender stands over all workloads. */
export interface Standing {
  readonly contender: ContenderInfo
  /** The geometric mean of its ratios to the best, over those that have one. */
  readonly mean: number
  readonly ran: number
  readonly of: number
  /** In how many it was the best. */
  readonly best: number
}

/** The best first, and after all others those that ran less than half: their mean is about something else. */
export function standingsOf(
  contenders: readonly ContenderInfo[],
  comparisons: readonly Comparison[],
): readonly Standing[] {
  return contenders
    .map((contender) => standingOf(contender, comparisons))
    .filter((standing) => standing !== undefined)
    .toSorted((a, b) => Number(ranFew(a)) - Number(ranFew(b)) || a.mean - b.mean)
}

export function ranFew({ ran, of }: Standing): boolean {
  return ran < of / 2
}

export function geometricMean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + Math.log(value), 0)
  return Math.exp(sum / values.length)
}

function standingOf(contender: ContenderInfo, comparisons: readonly Comparison[]): Standing | undefined {
  const entries = comparisons
    .flatMap((comparison) => comparison.entries)
    .filter((entry) => entry.contender.name === contender.name)
  const ratios = entries.map(({ ratio }) => ratio).filter((ratio) => ratio !== undefined)
  if (ratios.length === 0) return undefined
  return {
    contender,
    mean: geometricMean(ratios),
    ran: entries.length,
    of: comparisons.length,
    best: entries.filter(({ isBest }) => isBest).length,
  }
}
