import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'
import type { Figure, Measured, NotRun, Results } from '../../../src/side-by-side/results.ts'
import type { Workload } from '../../../src/side-by-side/workload.ts'
import { bestOf, ratioToBest } from './ratio-to-best.ts'

/** Everyone's figures in one workload. */
export interface Comparison {
  readonly workload: Workload
  /** The best first. */
  readonly entries: readonly Entry[]
  readonly absent: readonly Absent[]
}

export interface Entry {
  readonly contender: ContenderInfo
  readonly figure: Measured
  readonly isBest: boolean
  /** Undefined where it or the best is nothing. */
  readonly ratio: number | undefined
}

export interface Absent {
  readonly contender: ContenderInfo
  readonly reason: string
}

/** The workloads below one heading, in the order in which they are shown. */
export interface Group {
  readonly name: string
  readonly comparisons: readonly Comparison[]
}

export function groupsOf(results: Results): readonly Group[] {
  const comparisons = comparisonsOf(results)
  const names = new Set(comparisons.map(({ workload }) => workload.group))
  return [...names].map((name) => ({
    name,
    comparisons: comparisons.filter(({ workload }) => workload.group === name),
  }))
}

export function comparisonsOf({ workloads, contenders, figures }: Results): readonly Comparison[] {
  return workloads.map((workload) =>
    compare(
      workload,
      contenders,
      figures.filter((figure) => figure.workload === workload.id),
    ),
  )
}

function compare(
  workload: Workload,
  contenders: readonly ContenderInfo[],
  figures: readonly Figure[],
): Comparison {
  const { unit } = workload
  const best = bestOf(
    unit,
    figures.filter(isMeasured).map(({ median }) => median),
  )
  const entries: Entry[] = []
  const absent: Absent[] = []
  for (const contender of contenders) {
    const figure = figures.find(({ contender: name }) => name === contender.name)
    if (figure === undefined) continue
    if (!isMeasured(figure)) absent.push({ contender, reason: figure.notRun })
    else if (best !== undefined) {
      const { median } = figure
      entries.push({ contender, figure, isBest: median === best, ratio: ratioToBest(unit, median, best) })
    }
  }
  return { workload, entries: entries.toSorted(byMedian(workload)), absent }
}

function byMedian({ unit }: Workload): (a: Entry, b: Entry) => number {
  const sign = bestOf(unit, [0, 1]) === 0 ? 1 : -1
  return (a, b) => sign * (a.figure.median - b.figure.median)
}

function isMeasured(figure: Measured | NotRun): figure is Measured {
  return 'median' in figure
}
