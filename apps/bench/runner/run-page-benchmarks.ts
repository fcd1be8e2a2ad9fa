import type { PageBenchmark } from '../src/page-benchmark.ts'
import type { Ratio } from '../src/ratio.ts'
import { openBenchBrowser } from './bench-browser.ts'

/** Runs benchmarks one after another in one page, and prints a table of all of them. */
export async function runPageBenchmarks(names: readonly PageBenchmark[]): Promise<void> {
  await using browser = await openBenchBrowser()
  const page = await browser.context.newPage()
  page.on('console', (message) => console.error(message.text()))
  page.on('pageerror', (error) => console.error(error))
  await page.goto(browser.origin(false))
  const ratios: Ratio[] = []
  for (const name of names) {
    ratios.push(...(await page.evaluate((benchmark) => globalThis.runBenchmark(benchmark), name)))
  }
  console.table(
    ratios.map(({ name, ours, other, otherName, times }) => ({
      what: name,
      ours,
      other: `${other} (${otherName})`,
      ratio: `${times.toFixed(2)} x`,
    })),
  )
}
