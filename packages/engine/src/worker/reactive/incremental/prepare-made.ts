import { DataSyncError } from '../../../errors.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Statement } from '../../sqlite/statement.ts'
import type { Task } from '../../task.ts'

/** Prepares what was put together of the parts of a statement, and so may name what there is not. */
export function* prepareMade(sql: string, connection: Connection): Task<Statement | undefined> {
  try {
    return yield* connection.prepare(sql)
  } catch (error) {
    if (error instanceof DataSyncError) return undefined
    throw error
  }
}
