import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import { sentenceOf } from './sentence-of.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { SurveyedDatabase } from './survey-database.ts'

/** What SQLite's own check says of a table with its indexes, or of none. */
export interface Complaint {
  readonly table: string | undefined
  readonly text: string
}

/** What SQLite itself has to say of each table with its indexes (or of some), and of the list of free pages. */
export function* checkIntegrity(
  connection: Connection,
  { survey, entries }: SurveyedDatabase,
  only?: ReadonlySet<string>,
): SlicedTask<readonly Complaint[]> {
  const complaints: Complaint[] = []
  if (!survey.isFreeListWhole) complaints.push({ table: undefined, text: 'The list of free pages is broken' })
  for (const { type, name } of entries) {
    if (type !== 'table' || only?.has(name) === false) continue
    yield PAUSE
    const texts = yield* checkTable(connection, name)
    complaints.push(...texts.map((text) => ({ table: name, text })))
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
