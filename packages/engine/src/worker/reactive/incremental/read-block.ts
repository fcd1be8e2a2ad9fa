import type { ColumnBlock } from '../../../link/protocol.ts'
import type { SqlParameters } from '../../../values.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import { RowReader } from '../../row-reader.ts'

/** All rows of a statement. */
export function* readBlock(
  sql: string,
  parameters: SqlParameters,
  connection: Connection,
): Task<ColumnBlock> {
  const reader = yield* RowReader.open(connection, { sql, parameters })
  try {
    yield* reader.read()
    return reader.take()
  } finally {
    const closing = reader.close()
    if (closing !== undefined) yield closing
  }
}
