import type { SqlValue } from '../../values.ts'
import type { Task } from '../task.ts'
import type { Statement } from './statement.ts'

/** Runs a statement to its end, then releases it; returns its rows. */
export function* readAll(
  statement: Statement,
  release: (statement: Statement) => Task<void>,
  parameters: readonly SqlValue[] = [],
): Task<readonly (readonly SqlValue[])[]> {
  try {
    if (parameters.length > 0) statement.bind(parameters)
    const rows: SqlValue[][] = []
    yield* statement.rows(() => {
      const columns: SqlValue[][] = statement.columnNames().map(() => [])
      statement.readRow(columns)
      rows.push(columns.map(([value]) => value ?? null))
      return true
    })
    return rows
  } finally {
    yield* release(statement)
  }
}
