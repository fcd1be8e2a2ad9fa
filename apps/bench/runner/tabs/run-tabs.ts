import type { ContenderInfo } from '../../src/tabs/page.ts'
import { openBenchBrowser, type BenchBrowser } from '../bench-browser.ts'
import { reasonOf } from '../contender-pages.ts'
import { measureGaps } from './measure-gaps.ts'
import { measureRates } from './measure-rates.ts'
import { measureRoundTrips } from './measure-round-trips.ts'
import { measureShown } from './measure-shown.ts'
import { reportTabs } from './report-tabs.ts'
import { notRun, type TabFigure } from './tab-figures.ts'
import { listContenders } from './tab-group.ts'
import { GAP, RATE, READ, SHOWN, WRITE, type TabWorkload } from './tab-workloads.ts'

interface Measurement {
  readonly measure: (browser: BenchBrowser, contender: ContenderInfo) => Promise<readonly TabFigure[]>
  readonly workloads: readonly TabWorkload[]
}

const MEASUREMENTS: readonly Measurement[] = [
  { measure: measureShown, workloads: [SHOWN] },
  { measure: measureGaps, workloads: [GAP] },
  { measure: measureRoundTrips, workloads: [READ, WRITE] },
  { measure: measureRates, workloads: [RATE] },
]

/** Several tabs of one browser with the same database, by us and by others, in one run. */
export async function runTabs(): Promise<void> {
  await using browser = await openBenchBrowser()
  const contenders = await listContenders(browser)
  const figures: TabFigure[] = []
  for (const { measure, workloads } of MEASUREMENTS) {
    for (const contender of contenders) {
      const start = performance.now()
      try {
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
  await reportTabs(figures, browser.context.browser()?.version())
}
