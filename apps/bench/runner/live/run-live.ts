import type { ContenderInfo } from '../../src/live/page.ts'
import { openBenchBrowser } from '../bench-browser.ts'
import { reasonOf } from '../reason-of.ts'
import { figureOf, notRun, type LiveFigure } from './live-figures.ts'
import { listContenders, performIn } from './live-pages.ts'
import { MEASUREMENTS, type Measurement } from './measurements.ts'
import { reportLive } from './report-live.ts'

/** Live queries by us and by others, in one run: everyone does one thing before anyone does the next. */
export async function runLive(): Promise<void> {
  const { figures, chromium } = await measureLive(MEASUREMENTS)
  await reportLive(figures, chromium)
}

/** Each contender has a profile of its own. */
export async function measureLive(
  measurements: readonly Measurement[],
  isAsked: (contender: string) => boolean = () => true,
): Promise<{ readonly figures: readonly LiveFigure[]; readonly chromium: string | undefined }> {
  const { contenders, chromium } = await lookAround()
  const figures: LiveFigure[] = []
  for (const { workload, size, measure } of measurements) {
    for (const contender of contenders.filter(({ name }) => isAsked(name))) {
      const { name } = contender
      const start = performance.now()
      try {
        await using browser = await openBenchBrowser()
        const measured = await measure(performIn(browser, contender), contender)
        figures.push(...measured.map((one) => figureOf(workload, name, one)))
      } catch (error) {
        figures.push(notRun(workload, name, { size, reason: reasonOf(error) }))
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.error(`live: ${workload.name.split(':')[0]}, ${size}, ${name}: ${seconds} s`)
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
