import type { ContenderInfo } from '../../src/tabs/page.ts'
import { openBenchBrowser, type BenchBrowser } from '../bench-browser.ts'
import { reasonOf } from '../reason-of.ts'
import { measureGaps } from './measure-gaps.ts'
import { measureRates } from './measure-rates.ts'
import { measureRoundTrips } from './measure-round-trips.ts'
import { measureShown } from './measure-shown.ts'
import { reportTabs } from './report-tabs.ts'
import { notRun, type TabFigure } from './tab-figures.ts'
import { listContenders } from './tab-group.ts'
import { GAP, RATE, READ, SHOWN, WRITE, type TabWorkload } from './tab-workloads.ts'

export interface TabMeasurement {
  readonly measure: (browser: BenchBrowser, contender: ContenderInfo) => Promise<readonly TabFigure[]>
  readonly workloads: readonly TabWorkload[]
}

export const DELIVERY: TabMeasurement = { measure: measureShown, workloads: [SHOWN] }
export const MEASUREMENTS: readonly TabMeasurement[] = [
  DELIVERY,
  { measure: measureGaps, workloads: [GAP] },
  { measure: measureRoundTrips, workloads: [READ, WRITE] },
  { measure: measureRates, workloads: [RATE] },
]

/** Several tabs of one browser with the same database, by us and by others, in one run. */
export async function runTabs(): Promise<void> {
  const { figures, chromium } = await measureTabs(MEASUREMENTS)
  await reportTabs(figures, chromium)
}

/** Each contender has a profile of its own. */
export async function measureTabs(
  measurements: readonly TabMeasurement[],
  isAsked: (contender: string) => boolean = () => true,
): Promise<{ readonly figures: readonly TabFigure[]; readonly chromium: string | undefined }> {
  const { contenders, chromium } = await lookAround()
  const figures: TabFigure[] = []
  for (const { measure, workloads } of measurements) {
    for (const contender of contenders.filter(({ name }) => isAsked(name))) {
      const start = performance.now()
      try {
        await using browser = await openBenchBrowser()
        figures.push(...(await measure(browser, contender)))
      } catch (error) {
        const reason = reasonOf(error)
        figures.push(
          ...workloads.map((workload) => notRun({ workload, contender: contender.name, where: '' }, reason)),
        )
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.error(`tabs: ${measure.name}, ${contender.name}: ${seconds} s`)
    }
  }
  return { figures, chromium }
}

async function lookAround(): Promise<{
  readonly contenders: readonly ContenderInfo[]
  readonly chromium: string | undefined
}> {
  await using browser = await openBenchBrowser()
  return { contenders: await listContenders(browser), chromium: browser.context.browser()?.version() }
}
