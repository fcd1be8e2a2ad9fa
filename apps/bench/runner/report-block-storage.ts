import type { Figure, Workload } from './figures.ts'
import { writeResults } from './write-results.ts'

/** The levels are not the same thing everywhere, which no ratio shows. */
const LEGEND = `
strict   a commit is acknowledged when the disk has it
relaxed  DataSync, indexeddb: it is acknowledged before it is handed to IndexedDB; up to a second may be lost
         DataSync, opfs: when it is in the file, which is not flushed
         the others: when IndexedDB has it, which Chromium does not flush for 'relaxed', its default
Reads stand beside the level that their database was written with. More than 1 x is better than absurd-sql.`

/** Prints a table for each workload, and writes all that was measured as JSON. */
export async function reportBlockStorage(
  figures: readonly Figure[],
  chromium: string | undefined,
): Promise<void> {
  for (const workload of new Set(figures.map((figure) => figure.workload))) {
    const rows = figures.filter((figure) => figure.workload === workload)
    console.log(`\n${workload.name} (median; ${workload.unit})`)
    console.table(
      rows.map((figure) => ({
        who: figure.contender,
        durability: figure.durability,
        median: figure.notRun === undefined ? amount(workload, figure.median) : `not run: ${figure.notRun}`,
        'against absurd-sql':
          figure.timesAbsurdSql === undefined ? '' : `${figure.timesAbsurdSql.toFixed(2)} x`,
      })),
    )
  }
  const file = await writeResults('block-storage.json', figures, chromium)
  console.log(`${LEGEND}\nAs JSON: ${file}`)
}

function amount({ unit }: Workload, value = Number.NaN): string {
  if (unit === 'a second') return `${Math.round(value).toLocaleString('en')}/s`
  return `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`
}
