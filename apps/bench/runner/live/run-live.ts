import { openBenchBrowser } from '../bench-browser.ts'
import { reasonOf } from '../contender-pages.ts'
import { figureOf, notRun, type LiveFigure } from './live-figures.ts'
import { listContenders, performIn } from './live-pages.ts'
import { MEASUREMENTS } from './measurements.ts'
import { reportLive } from './report-live.ts'

/** Live queries by us and by others, in one run: everyone does one thing before anyone does the next. */
export async function runLive(): Promise<void> {
  await using browser = await openBenchBrowser()
  const contenders = await listContenders(browser)
  const figures: LiveFigure[] = []
  for (const { workload, size, measure } of MEASUREMENTS) {
    for (const contender of contenders) {
      const { name } = contender
      const start = performance.now()
      try {
        const measured = await measure(performIn(browser, contender), contender)
        figures.push(...measured.map((one) => figureOf(workload, name, one)))
      } catch (error) {
        figures.push(notRun(workload, name, { size, reason: reasonOf(error) }))
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.error(`live: ${workload.name.split(':')[0]}, ${size}, ${name}: ${seconds} s`)
    }
  }
  await reportLive(figures, browser.context.browser()?.version())
}
