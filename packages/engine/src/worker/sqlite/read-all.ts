import type { SqlValue } from '../../values.ts'
import type { Task } from '../task.ts'
import type { Statement } from './statement.ts'

/** Runs a statement to its end; returns its rows. */
export function* readAll(
  statement: Statement,
  parameters: readonly SqlValue[] = [],
): Task<readonly (readonly SqlValue[])[]> {
  if (parameters.length > 0) statement.bind(parameters)
  const rows: SqlValue[][] = []
  yield* statement.rows(() => {
    const columns: SqlValue[][] = statement.columnNames().map(() => [])
    statement.readRow(columns)
    rows.push(columns.map(([value]) => value ?? null))
    return true
  })
  return rows
}
