import { setTimeout as elapsed } from 'node:timers/promises'
import type { ContenderInfo } from '../../src/tabs/page.ts'
import type { Written } from '../../src/tabs/tasks.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { measured, notRun, type TabFigure } from './tab-figures.ts'
import { TabGroup } from './tab-group.ts'
import { GAP, HOSTS_LOST, TOO_SLOW } from './tab-workloads.ts'
import { noteRefused, verifyEntries } from './verify-entries.ts'

const WAYS = ['crash', 'close'] as const
/** Milliseconds for which writes are acknowledged before the host is lost. */
const BEFORE_MS = 100
/** Writes after the next one hosts. */
const AFTER = 10

/**
 * How long a guest is without service when the tab of the host ends. Each time the oldest tab hosts, the next oldest
 * takes its place, and the newest writes.
 */
export async function measureGaps(
  browser: BenchBrowser,
  contender: ContenderInfo,
): Promise<readonly TabFigure[]> {
  const subject = (how: (typeof WAYS)[number]) => ({
    workload: GAP,
    contender: contender.name,
    where: how === 'crash' ? 'host crashed' : 'host closed',
  })
  const { hostless, isSlow } = contender
  if (hostless !== undefined) return WAYS.map((how) => notRun(subject(how), `no host: ${hostless}`))
  if (isSlow) return WAYS.map((how) => notRun(subject(how), TOO_SLOW))

  const written: Record<(typeof WAYS)[number], Written[]> = { crash: [], close: [] }
  await using group = await TabGroup.open(browser, contender, 'gaps', 2)
  for (let round = 0; round < HOSTS_LOST; round++) {
    for (const how of WAYS) {
      await group.grow(3)
      const { perform } = group.tab(2)
      await perform('startWriting')
      await elapsed(BEFORE_MS)
      await group.loseHost(how)
      written[how].push(await perform('finishWriting', AFTER))
    }
  }
  await verifyEntries(group.tab(0), [...written.crash, ...written.close])
  return WAYS.map((how) =>
    measured(
      subject(how),
      written[how].map((one) => one.longestGap),
      noteRefused(written[how]),
    ),
  )
}
