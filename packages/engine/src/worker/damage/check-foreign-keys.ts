import type { ForeignKeyViolation } from '../../link/damage-report.ts'
import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import { damagedTables } from './damaged-tables.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { SurveyedDatabase } from './survey-database.ts'

interface ForeignKeys {
  readonly violations: readonly ForeignKeyViolation[]
  readonly unchecked: readonly string[]
}

/** Looks for rows that refer to none. Where pages are lost, a row that is not found may have been there. */
export function* checkForeignKeys(
  connection: Connection,
  { survey, entries }: SurveyedDatabase,
): SlicedTask<ForeignKeys> {
  const damaged = damagedTables(survey)
  const violations: ForeignKeyViolation[] = []
  const unchecked: string[] = []
  for (const { type, name, root } of entries) {
    if (type !== 'table' || root === 0) continue
    yield PAUSE
    try {
      const keys = yield* connection.ask(`pragma foreign_key_list(${quote(name)})`)
      const involved = [name, ...keys.map(([, , parent]) => String(parent))]
      if (keys.length === 0) continue
      if (involved.some((table) => damaged.has(table.toLowerCase()))) unchecked.push(name)
      else violations.push(...(yield* checkTable(connection, name)))
    } catch {
      // A parent that is not defined as one, for example: SQLite refuses to look.
      unchecked.push(name)
    }
  }
  return { violations, unchecked }
}

function* checkTable(connection: Connection, table: string): SlicedTask<readonly ForeignKeyViolation[]> {
  const rows = yield* connection.ask(`pragma foreign_key_check(${quote(table)})`)
  return rows.map(([child, rowid, parent]) => ({
    table: String(child),
    rowid: typeof rowid === 'number' || typeof rowid === 'bigint' ? rowid : undefined,
    parent: String(parent),
  }))
}
