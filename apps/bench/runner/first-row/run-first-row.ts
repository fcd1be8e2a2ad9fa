import { FIRST_ROW_APPS, type FirstRowApp } from '../../src/first-row/first-row-apps.ts'
import { writeResults } from '../write-results.ts'
import { buildApps, folderOf } from './build-apps.ts'
import { readBuiltFiles } from './built-files.ts'
import { firstRowTable } from './first-row-table.ts'
import { measureVisits, type Visits } from './measure-visits.ts'

const REPETITIONS = 5

export interface FirstRowFigure {
  readonly app: FirstRowApp
  readonly visits: readonly Visits[]
}

/** The same small app with each library: what it downloads, and how soon it shows a row on Fast 4G. */
export async function runFirstRow(): Promise<void> {
  await buildApps()
  const apps = Object.keys(FIRST_ROW_APPS) as FirstRowApp[]
  const built = await Promise.all(
    apps.map(async (app) => ({ app, files: await readBuiltFiles(folderOf(app)), visits: [] as Visits[] })),
  )
  // In turns, so that a slow moment of the machine is nobody's alone.
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    for (const { app, files, visits } of built) {
      console.error(`first-row: ${app}, ${repetition + 1} of ${REPETITIONS}`)
      visits.push(await measureVisits(files))
    }
  }
  const figures: FirstRowFigure[] = built.map(({ app, visits }) => ({ app, visits }))
  const chromium = figures[0]?.visits[0]?.chromium
  console.log(firstRowTable(figures))
  console.log(`\nAs JSON: ${await writeResults('first-row.json', figures, chromium)}`)
}
