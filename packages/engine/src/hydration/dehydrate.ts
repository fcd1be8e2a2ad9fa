import { toStatement } from '../calls/to-statement.ts'
import { DataSyncError } from '../errors.ts'
import { queryKey } from '../link/query-key.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters } from '../values.ts'
import { STATE_FORMAT, type DehydratedState } from './dehydrated-state.ts'
import { toPlainRows } from '../live/to-plain-rows.ts'

/** A query that components will ask, and its rows as a server has them, from whatever database that uses. */
export interface ServerResult {
  /** The text has to be the very one of the component: share it. */
  readonly statement: StatementInput<unknown>
  readonly parameters?: SqlParameters | undefined
  /** Their columns in the order of the statement. `true` and `false` become 1 and 0, as in SQLite. */
  readonly rows: readonly object[]
}

/**
 * Makes plain data of rows that a server has, for `hydrate` on both sides: on the server, which draws them
 * then, and in the browser, which shows them until its own database is open.
 *
 * @throws DataSyncError `invalid-argument` or `invalid-parameter` for what is no statement, no parameter or no
 * row of SQLite: turn a `Date` into text or a number first.
 *
 * @example
 * const rows = await pool.query('select id, title from todo order by id')
 * const state = dehydrate([{ statement: 'select id, title from todo order by id', rows }])
 */
export function dehydrate(results: readonly ServerResult[]): DehydratedState {
  if (!Array.isArray(results)) {
    throw new DataSyncError(
      'invalid-argument',
      'dehydrate() takes a list of { statement, parameters, rows }.',
    )
  }
  return { format: STATE_FORMAT, queries: results.map(dehydrateResult) }
}

function dehydrateResult({ statement, parameters, rows }: ServerResult): DehydratedState['queries'][number] {
  const key = queryKey(toStatement(statement, parameters))
  if (!Array.isArray(rows)) {
    throw new DataSyncError('invalid-argument', 'The rows of a result are a list of objects.')
  }
  return { key, ...toPlainRows(rows) }
}
