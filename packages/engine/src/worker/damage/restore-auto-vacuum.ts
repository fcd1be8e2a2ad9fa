import type { Connection } from '../sqlite/connection.ts'
import type { Task } from '../task.ts'
import type { DatabaseHeader } from './database-header.ts'

/** Makes use of what VACUUM makes of the database of a connection, in a file of its own with all rowids kept. */
export type Rebuild = (source: Connection, use: (rebuilt: Connection) => Task<void>) => Task<void>

/**
 * Makes a database vacuum itself, which needs an account of its pages that only a new file gets. Returns why
 * that cannot be; the database is then as it was.
 *
 * @throws what ended it when there was only a part of the database left
 */
export function* restoreAutoVacuum(
  connection: Connection,
  mode: DatabaseHeader['autoVacuum'],
  rebuild: Rebuild,
): Task<unknown> {
  let isReplacing = false
  try {
    yield* connection.command(`pragma auto_vacuum = ${mode}`)
    yield* rebuild(connection, function* (rebuilt) {
      isReplacing = true
      yield* connection.copyFrom(rebuilt)
    })
    return undefined
  } catch (error) {
    if (isReplacing) throw error
    return error
  }
}
