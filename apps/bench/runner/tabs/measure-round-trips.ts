import type { ContenderInfo } from '../../src/tabs/page.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { measured, type TabFigure } from './tab-figures.ts'
import { TabGroup } from './tab-group.ts'
import { callsOf, READ, READS, WRITE, WRITES } from './tab-workloads.ts'

const TABS = [
  { where: "host's own tab", index: 0 },
  { where: 'guest', index: 2 },
] as const
const ANY_TAB = [{ where: 'any tab', index: 2 }] as const

/** What it costs a tab that another one works for it. */
export async function measureRoundTrips(
  browser: BenchBrowser,
  contender: ContenderInfo,
): Promise<readonly TabFigure[]> {
  const figures: TabFigure[] = []
  await using group = await TabGroup.open(browser, contender, 'round-trips', 3)
  for (const { where, index } of contender.hostless === undefined ? TABS : ANY_TAB) {
    const { perform } = group.tab(index)
    const subject = { contender: contender.name, where }
    figures.push(
      measured({ ...subject, workload: READ }, await perform('timeReads', callsOf(contender, READS))),
      measured({ ...subject, workload: WRITE }, await perform('timeWrites', callsOf(contender, WRITES))),
    )
  }
  return figures
}
