import type { SqlValue } from '../../values.ts'
import type { Statement } from './statement.ts'

/** Runs a statement to its end, then releases it; returns its rows. */
export function readAll(
  statement: Statement,
  release: () => void,
  parameters: readonly SqlValue[] = [],
): readonly (readonly SqlValue[])[] {
  try {
    if (parameters.length > 0) statement.bind(parameters)
    const rows: SqlValue[][] = []
    while (statement.step()) {
      const columns: SqlValue[][] = statement.columnNames().map(() => [])
      statement.readRow(columns)
      rows.push(columns.map(([value]) => value ?? null))
    }
    return rows
  } finally {
    release()
  }
}
