import type { DatabaseSource } from '../open-database.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { DatabaseFiles } from '../storage/block-store.ts'
import type { InspectedFile } from '../storage/inspected-file.ts'
import type { Task } from '../task.ts'
import { OTHER_STATEMENTS, openConnection } from '../open-connection.ts'
import { SnapshotPages } from './snapshot-pages.ts'

/** A look into a database that damage does not end. */
export interface Inspection {
  readonly files: DatabaseFiles
  readonly connection: Connection
  readonly pages: SnapshotPages
  close(): Task<void>
}

/** Opens a connection of its own, in a transaction: of a snapshot, or one that will write. */
export function* openInspection(
  source: DatabaseSource,
  path: string,
  mode: 'deferred' | 'immediate',
): Task<Inspection> {
  const { vfs } = source
  const mounted = vfs.mountInspected(path)
  const { file, files, path: inspected } = mounted
  let connection: Connection | undefined
  function* close(): Task<void> {
    if (connection !== undefined) {
      if (!connection.autocommit) yield* connection.command('rollback')
      yield* connection.close()
    }
    mounted.unmount()
  }
  try {
    connection = yield* openConnection(source, OTHER_STATEMENTS, inspected)
    yield* begin(connection, mode)
    return { files, connection, pages: yield* openPages(connection, file), close }
  } catch (error) {
    yield* close()
    throw error
  }
}

function* begin(connection: Connection, mode: 'deferred' | 'immediate'): Task<void> {
  // With it, SQLite overlooks definitions that it cannot read.
  yield* connection.command('pragma writable_schema = on')
  if (mode === 'deferred') yield* connection.command('pragma query_only = on')
  yield* connection.command(`begin ${mode}`)
}

function* openPages(connection: Connection, file: InspectedFile): Task<SnapshotPages> {
  // The snapshot is taken by the first read, which is now.
  yield* connection.command('select 1 from sqlite_schema limit 1')
  return yield* SnapshotPages.open(connection, file)
}
