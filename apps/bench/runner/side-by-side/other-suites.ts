import type { Figure } from '../../src/side-by-side/results.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import type { Workload } from '../../src/side-by-side/workload.ts'
import { MEASUREMENTS, QUICK_MEASUREMENTS } from '../live/measurements.ts'
import { measureLive } from '../live/run-live.ts'
import { DELIVERY, MEASUREMENTS as TAB_MEASUREMENTS, measureTabs } from '../tabs/run-tabs.ts'

/** What needs live queries or several tabs, which not everyone has, and is measured in pages of its own. */
export interface Suite {
  readonly workloads: readonly Workload[]
  readonly figures: readonly Figure[]
}

export const NO_SUITE: Suite = { workloads: [], figures: [] }

/** A figure as the suites have it. */
interface SuiteFigure {
  readonly workload: Pick<Workload, 'name' | 'unit'>
  readonly contender: string
  readonly values: readonly number[]
  readonly median: number | undefined
  readonly notRun: string | undefined
}

export async function measureOtherSuites({ name }: Scale): Promise<Suite> {
  const isFull = name === 'full'
  // PGlite takes several times as long as all others, in whatever is measured.
  const isAsked = (contender: string): boolean => isFull || !contender.startsWith('pglite')
  const live = await measureLive(isFull ? MEASUREMENTS : QUICK_MEASUREMENTS, isAsked)
  const tabs = await measureTabs(isFull ? TAB_MEASUREMENTS : [DELIVERY], isAsked)
  const suites = [
    suiteOf(
      'Live queries',
      live.figures.map((figure) => ({ figure, detail: figure.size })),
    ),
    suiteOf(
      'Several tabs',
      tabs.figures.map((figure) => ({ figure, detail: figure.where })),
    ),
  ]
  return {
    workloads: suites.flatMap(({ workloads }) => workloads),
    figures: suites.flatMap(({ figures }) => figures),
  }
}

function suiteOf(
  group: string,
  entries: readonly { readonly figure: SuiteFigure; readonly detail: string }[],
): Pick<Suite, 'workloads' | 'figures'> {
  const workloads = new Map<string, Workload>()
  const figures: Figure[] = []
  for (const { figure, detail } of entries) {
    const { contender, workload, values, median, notRun } = figure
    const id = `${group}: ${workload.name}, ${detail}`
    workloads.set(id, { id, group, name: `${workload.name}, ${detail}`, unit: workload.unit })
    if (median === undefined)
      figures.push({ workload: id, contender, notRun: notRun ?? 'nothing was measured' })
    else {
      figures.push({
        workload: id,
        contender,
        values,
        median,
        min: Math.min(...values),
        max: Math.max(...values),
      })
    }
  }
  return { workloads: [...workloads.values()], figures }
}
