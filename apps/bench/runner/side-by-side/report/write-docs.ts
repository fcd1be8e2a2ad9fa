import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../../../src/side-by-side/results.ts'
import { renderTables } from './render-tables.ts'

const PAGE = join(import.meta.dirname, '../../../../../docs/benchmarks.md')
const BEGIN = '<!-- results -->'
const END = '<!-- /results -->'

/** Puts the tables of a full run where docs/benchmarks.md has those of the last one. */
export async function writeDocs(results: Results): Promise<void> {
  const page = await readFile(PAGE, 'utf8')
  await writeFile(PAGE, withResults(page, results))
}

/** @throws Error where there is no place for them. */
export function withResults(page: string, results: Results): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`docs/benchmarks.md has no ${BEGIN} … ${END}`)
  const { date, scale, repetitions, machine } = results
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
  const intro =
    `Of the ${scale} run of ${day}: ${repetitions === 1 ? 'once' : `${repetitions} times`}, in ${machine.browser} on a ` +
    `machine with ${machine.cpus} cores and ${machine.gigabytes} GB of memory (${machine.platform}). ` +
    'Medians; the best of each is bold.'
  return `${page.slice(0, begin + BEGIN.length)}\n\n${intro}\n\n${renderTables(results)}\n${page.slice(end)}`
}
