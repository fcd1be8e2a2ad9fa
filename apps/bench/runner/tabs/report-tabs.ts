import { writeResults } from '../write-results.ts'
import type { TabFigure } from './tab-figures.ts'
import type { TabWorkload } from './tab-workloads.ts'

const LEGEND = `
All with their defaults: who acknowledges a write has flushed it, but pglite on idb, which has given it to IndexedDB.
The host is the tab that works for all, which pglite calls the leader. A write that is refused as the host was lost is
tried again at once. sqlocal tells the tabs of a write after 32 ms in which there was no other.`

/** Prints a table for each workload, and writes all that was measured as JSON. */
export async function reportTabs(figures: readonly TabFigure[], chromium: string | undefined): Promise<void> {
  for (const workload of new Set(figures.map((figure) => figure.workload))) {
    console.log(`\n${workload.name} (${workload.unit})`)
    console.table(figures.filter((figure) => figure.workload === workload).map(lineOf))
  }
  const file = await writeResults('tabs.json', figures, chromium)
  console.log(`${LEGEND}\nAs JSON: ${file}`)
}

function lineOf(figure: TabFigure): Readonly<Record<string, string>> {
  const { workload, contender, where, notRun, note = '' } = figure
  const { worst } = workload
  return {
    who: contender,
    where,
    ...(worst === undefined
      ? { figure: amount(workload, figure.median) }
      : {
          times: String(figure.values.length),
          median: amount(workload, figure.median),
          [worst]: amount(workload, figure[worst]),
        }),
    note: notRun === undefined ? note : `not run: ${notRun}`,
  }
}

function amount({ unit }: TabWorkload, value: number | undefined): string {
  if (value === undefined) return ''
  if (unit === 'a second') return `${Math.round(value).toLocaleString('en')}/s`
  return `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`
}
