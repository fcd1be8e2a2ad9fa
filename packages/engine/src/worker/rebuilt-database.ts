import type { DatabaseSource } from './open-database.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'
import { openConnection, OTHER_STATEMENTS } from './open-connection.ts'

/** Makes use of a copy of a database in memory, with pages of the size, and the room, that the source was set. */
export function* withRebuilt(
  database: DatabaseSource,
  source: Connection,
  path: string,
  use: (rebuilt: Connection) => Task<void>,
): Task<void> {
  const unmount = database.vfs.mountScratch(path)
  try {
    // As opposed to a plain VACUUM, it keeps the rowids of all tables.
    yield* source.command('vacuum into ?', [path])
    const rebuilt = yield* openConnection(database, OTHER_STATEMENTS, path)
    try {
      yield* use(rebuilt)
    } finally {
      yield* rebuilt.close()
    }
  } finally {
    unmount()
  }
}
