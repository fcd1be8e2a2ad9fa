import type { SalvageReport } from '../../link/damage-report.ts'
import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import { damagedTables } from './damaged-tables.ts'
import { restoreAutoVacuum, type Rebuild } from './restore-auto-vacuum.ts'
import { sentenceOf } from './sentence-of.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { SurveyedDatabase } from './survey-database.ts'

/** Builds anew what follows from the rows of a mended copy: indexes, and the indexes of full-text search. */
export function* finishCopy(
  connection: Connection,
  surveyed: SurveyedDatabase,
  rebuild: Rebuild,
): SlicedTask<Pick<SalvageReport, 'rebuilt' | 'problems'>> {
  const rebuilt: string[] = []
  const problems: string[] = []
  function* attempt(title: string, work: () => SlicedTask<unknown>): SlicedTask<boolean> {
    yield PAUSE
    try {
      yield* work()
      return true
    } catch (error) {
      problems.push(`${title} could not be brought in order: ${sentenceOf(error)}`)
      return false
    }
  }
  for (const pragma of ['journal_mode = off', 'synchronous = off', 'cache_size = -8192']) {
    yield* connection.command(`pragma ${pragma}`)
  }
  const indexes = yield* connection.command("select name from sqlite_schema where type = 'index'")
  for (const [name] of indexes) {
    const sql = `reindex main.${quote(String(name))}`
    if (yield* attempt(`Index "${String(name)}"`, () => connection.ask(sql))) rebuilt.push(String(name))
  }
  for (const name of damagedSearches(surveyed)) {
    const table = quote(name)
    const sql = `insert into ${table}(${table}) values ('rebuild')`
    if (yield* attempt(`Full-text search "${name}"`, () => connection.ask(sql))) rebuilt.push(name)
  }
  const { autoVacuum } = surveyed.survey.header
  yield PAUSE
  if (autoVacuum !== 'none') {
    const error = yield* restoreAutoVacuum(connection, autoVacuum, rebuild)
    if (error !== undefined) problems.push(`The file does not vacuum itself: ${sentenceOf(error)}`)
  }
  const tables = yield* connection.command("select name from sqlite_schema where type = 'table'")
  for (const [name] of tables) {
    yield* attempt(`Table "${String(name)}"`, function* () {
      const rows = yield* connection.ask(`pragma integrity_check(${quote(String(name))})`)
      problems.push(...rows.map(([complaint]) => String(complaint)).filter((text) => text !== 'ok'))
    })
  }
  return { rebuilt, problems }
}

/** Tables of FTS5 of whose own tables one has lost something. */
function damagedSearches({ survey, entries }: SurveyedDatabase): readonly string[] {
  const damaged = [...damagedTables(survey)]
  return entries
    .filter(
      ({ root, sql }) => root === 0 && /^create\s+virtual\s+table\b.*\busing\s+fts5\b/is.test(sql ?? ''),
    )
    .map(({ name }) => name)
    .filter((name) => damaged.some((table) => table.startsWith(`${name.toLowerCase()}_`)))
}
