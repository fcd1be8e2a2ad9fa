import type { ContenderInfo } from '../../src/tabs/page.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { reasonOf } from '../reason-of.ts'
import { measured, notRun, type TabFigure } from './tab-figures.ts'
import { TabGroup } from './tab-group.ts'
import { callsOf, SHOWN, SHOWN_WRITES } from './tab-workloads.ts'

/** From which tab to which. */
interface Way {
  readonly where: string
  readonly from: number
  readonly to: number
}

const WAYS: readonly Way[] = [
  { where: 'guest to guest', from: 1, to: 2 },
  { where: 'host to guest', from: 0, to: 2 },
  { where: 'guest to host', from: 1, to: 0 },
]
/** Where no tab is the host, one way is as good as another. */
const ANY_WAY: readonly Way[] = [{ where: 'tab to tab', from: 1, to: 2 }]

/** How long it takes until a write is shown in another tab. */
export async function measureShown(
  browser: BenchBrowser,
  contender: ContenderInfo,
): Promise<readonly TabFigure[]> {
  const writes = callsOf(contender, SHOWN_WRITES)
  const figures: TabFigure[] = []
  await using group = await TabGroup.open(browser, contender, 'shown', 3)
  for (const { where, from, to } of waysOf(contender)) {
    const subject = { workload: SHOWN, contender: contender.name, where }
    try {
      const channel = await group.tab(to).perform('watch')
      figures.push(measured(subject, await group.tab(from).perform('timeShown', channel, writes)))
      await group.tab(to).perform('unwatch')
    } catch (error) {
      figures.push(notRun(subject, reasonOf(error)))
    }
  }
  return figures
}

function waysOf({ hostless, isSlow }: ContenderInfo): readonly Way[] {
  if (hostless !== undefined) return ANY_WAY
  return isSlow ? WAYS.slice(0, 1) : WAYS
}
