import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'
import { refuseTransactionControl } from './refuse-transaction-control.ts'

/** Runs a script of the user on a database that nobody else has open: all of it, or nothing. */
export function* prepareContent(connection: Connection, script: string): Task<void> {
  yield* connection.command('begin immediate')
  yield* connection.forEachStatement(script, function* (statement) {
    refuseTransactionControl(statement)
    yield* statement.drain()
  })
  yield* connection.command('commit')
}
