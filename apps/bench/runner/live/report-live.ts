import { writeResults } from '../write-results.ts'
import type { LiveFigure } from './live-figures.ts'
import type { LiveWorkload } from './live-workloads.ts'

const LEGEND = `
All with their defaults, on isolated pages. DataSync, sqlocal and pglite have flushed a write that they acknowledge, and
dexie has given it to IndexedDB; dexie shows it before that. TanStack DB has all in the memory of the page, which keeps
nothing. Updates find all live queries at rest, but those at once. sqlocal tells of a write after 32 ms in which there was
no other. Whoever is too slow for as many times as others has fewer of them.`

/** Prints a table for each workload, and writes all that was measured as JSON. */
export async function reportLive(
  figures: readonly LiveFigure[],
  chromium: string | undefined,
): Promise<void> {
  for (const workload of new Set(figures.map((figure) => figure.workload))) {
    console.log(`\n${workload.name} (${workload.unit})`)
    console.table(figures.filter((figure) => figure.workload === workload).map(lineOf))
  }
  console.log(`${LEGEND}\nAs JSON: ${await writeResults('live.json', figures, chromium)}`)
}

function lineOf({
  workload,
  contender,
  size,
  values,
  ...rest
}: LiveFigure): Readonly<Record<string, string>> {
  const { note, notRun } = rest
  return {
    size,
    who: contender,
    ...(workload.unit === 'runs'
      ? { runs: rest.median === undefined ? '' : String(rest.median) }
      : {
          times: String(values.length),
          median: amount(workload, rest.median),
          p95: amount(workload, rest.p95),
        }),
    note: notRun === undefined ? note : `not run: ${notRun}`,
  }
}

function amount({ unit }: LiveWorkload, value: number | undefined): string {
  if (value === undefined) return ''
  if (unit === 'a second') return `${Math.round(value).toLocaleString('en')}/s`
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`
}
