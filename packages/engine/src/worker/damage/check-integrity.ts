import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import { sentenceOf } from './sentence-of.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { SurveyedDatabase } from './survey-database.ts'

/** What SQLite itself has to say of each table with its indexes (or of some), and of the list of free pages. */
export function* checkIntegrity(
  connection: Connection,
  { survey, entries }: SurveyedDatabase,
  only?: ReadonlySet<string>,
): SlicedTask<readonly string[]> {
  const complaints: string[] = []
  if (!survey.isFreeListWhole) complaints.push('The list of free pages is broken')
  for (const { type, name } of entries) {
    if (type !== 'table' || only?.has(name) === false) continue
    yield PAUSE
    complaints.push(...(yield* checkTable(connection, name)))
  }
  return complaints
}

function* checkTable(connection: Connection, table: string): SlicedTask<readonly string[]> {
  try {
    const rows = yield* connection.ask(`pragma integrity_check(${quote(table)})`)
    return rows.map(([complaint]) => String(complaint)).filter((complaint) => complaint !== 'ok')
  } catch (error) {
    return [`Table ${table} cannot be checked: ${sentenceOf(error)}`]
  }
}
