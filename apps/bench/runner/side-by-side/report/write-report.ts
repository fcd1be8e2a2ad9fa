import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../../../src/side-by-side/results.ts'
import { renderReport } from './render-report.ts'

/** Where a run was written to, from the root of the repository. */
export interface WrittenReport {
  readonly json: string
  readonly page: string
}

const BENCH = join(import.meta.dirname, '../../..')
const FOLDER = 'results'

/** Writes all that was measured as JSON, and as a page to look at. */
export async function writeReport(results: Results): Promise<WrittenReport> {
  await mkdir(join(BENCH, FOLDER), { recursive: true })
  const json = await write('side-by-side.json', `${JSON.stringify(results, undefined, 2)}\n`)
  const page = await write('side-by-side.html', renderReport(results))
  return { json, page }
}

async function write(file: string, text: string): Promise<string> {
  await writeFile(join(BENCH, FOLDER, file), text)
  return `apps/bench/${FOLDER}/${file}`
}
