import type { ContenderInfo } from '../../src/tabs/page.ts'
import type { Pumped } from '../../src/tabs/tasks.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { measured, notRun, type TabFigure } from './tab-figures.ts'
import { TabGroup } from './tab-group.ts'
import { RATE, RATE_MS, TAB_COUNTS, TOO_SLOW } from './tab-workloads.ts'
import { noteRefused, verifyEntries } from './verify-entries.ts'

/** Until all tabs write, and their code is compiled. */
const LEAD_MS = 500

/** How much is written in all, the more tabs write. */
export async function measureRates(
  browser: BenchBrowser,
  contender: ContenderInfo,
): Promise<readonly TabFigure[]> {
  const subject = (count: number) => ({
    workload: RATE,
    contender: contender.name,
    where: count === 1 ? '1 tab' : `${count} tabs`,
  })
  if (contender.isSlow) return TAB_COUNTS.map((count) => notRun(subject(count), TOO_SLOW))

  const figures: TabFigure[] = []
  const all: Pumped[] = []
  await using group = await TabGroup.open(browser, contender, 'rates', 1)
  for (const count of TAB_COUNTS) {
    await group.grow(count)
    const from = Date.now() + LEAD_MS
    const window = { from, until: from + RATE_MS }
    const pumped = await Promise.all(group.tabs.map(({ perform }) => perform('pump', window)))
    const within = pumped.reduce((sum, one) => sum + one.within, 0)
    figures.push(measured(subject(count), [(within / RATE_MS) * 1000], noteRefused(pumped)))
    all.push(...pumped)
  }
  await verifyEntries(group.tab(0), all)
  return figures
}
