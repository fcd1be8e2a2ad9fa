import type { BatchResultList } from '../link/batch-wire.ts'
import type { SqlParameters } from '../values.ts'
import type { RowReader } from './row-reader.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'

export interface Repetition {
  readonly parameters: readonly SqlParameters[]
  readonly results: BatchResultList
  readonly now: () => number
}

/**
 * Runs a statement with some parameters after others, of which the first are bound already, adds what becomes of each
 * to the results, and ends the use of the statement. Ten thousand rows are inserted by this loop: nothing in it makes
 * a generator or looks at the clock twice.
 */
export function* runEach(
  connection: Connection,
  reader: RowReader,
  { parameters, results, now }: Repetition,
): Task<void> {
  const { statement } = reader
  let start = now()
  let totalBefore = connection.totalChanges
  try {
    for (let index = 0; index < parameters.length; index++) {
      if (index > 0) {
        const resetting = statement.reset()
        if (resetting !== undefined) yield resetting
        statement.bind(parameters[index] ?? [])
      }
      if (statement.hasColumns) yield* reader.read()
      else {
        const pending = statement.start()
        statement.finish(typeof pending === 'number' ? pending : ((yield pending) as number))
      }
      const { totalChanges, lastInsertRowid } = connection
      const end = now()
      results.add(
        {
          // Else the number is of an earlier statement: SQLite sets it for those that count rows.
          changes: totalChanges === totalBefore ? 0 : connection.changes,
          lastInsertRowid,
          durationMs: end - start,
        },
        statement.hasColumns ? reader.take() : undefined,
      )
      start = end
      totalBefore = totalChanges
    }
  } finally {
    const closing = reader.close()
    if (closing !== undefined) yield closing
  }
}
