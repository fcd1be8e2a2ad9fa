import type { RowCounts } from '../link/import-protocol.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'
import { quote } from './sqlite/quote.ts'

/** Those that have pages of their own: a virtual table can need a module that is not here. */
const TABLES = `
  select name from sqlite_schema
  where type = 'table' and rootpage > 0 and name not like 'sqlite\\_%' escape '\\'
  order by name`

export function* countRows(connection: Connection): Task<RowCounts> {
  const counts: (readonly [string, number])[] = []
  for (const [name] of yield* connection.ask(TABLES)) {
    const [[count] = []] = yield* connection.ask(`select count(*) from ${quote(String(name))}`)
    counts.push([String(name), Number(count)])
  }
  return counts
}
