import type { DatabaseSource } from './open-database.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { Connection } from './sqlite/connection.ts'
import { quote } from './sqlite/quote.ts'
import { shapePages } from './shape-pages.ts'

/** The largest log that is left in place once its content is in the database, in bytes. */
const KEPT_LOG = 16 * 1024 * 1024
/** How many statements are kept prepared on a connection that is not for live queries. */
export const OTHER_STATEMENTS = 64

export function openConnection(
  { module, vfs, clock }: DatabaseSource,
  cachedStatements: number,
  path: string,
): Task<Connection> {
  return Connection.open({
    module,
    vfs: vfs.name,
    path,
    cachedStatements,
    storageError: () => vfs.takeLastError(),
    shouldStop: clock.shouldStop,
  })
}

/** The connection that writes, which brings a new database into shape. */
export function* openWriter(source: DatabaseSource, path: string): Task<Connection> {
  const { options } = source
  const connection = yield* openConnection(source, OTHER_STATEMENTS, path)
  try {
    connection.authorizer.ownsUserVersion = options.migrations > 0
    yield* connection.command(`pragma cache_size = -${options.cacheSize}`)
    // Both take effect only in a database that has no page yet, and the size of pages only before the other.
    yield* shapePages(source, connection, 'main')
    yield* connection.command(`pragma auto_vacuum = ${options.autoVacuum}`)
    yield* connection.command('pragma foreign_keys = on')
    yield* enableLog(source, connection, 'main')
    return connection
  } catch (error) {
    yield* connection.close()
    throw error
  }
}

/**
 * Write-ahead logging with synchronous=NORMAL: a commit does not wait for the disk, since whoever
 * acknowledges commits flushes the log for all of them at once.
 */
export function* enableLog(source: DatabaseSource, connection: Connection, schema: string): Task<void> {
  const name = quote(schema)
  yield* shapePages(source, connection, schema)
  const [[mode] = []] = yield* connection.command(`pragma ${name}.journal_mode = wal`)
  if (mode !== 'wal') throw new DataSyncError('io-error', `The log of "${schema}" could not be opened.`)
  yield* connection.command(`pragma ${name}.synchronous = normal`)
  yield* connection.command(`pragma ${name}.journal_size_limit = ${KEPT_LOG}`)
  yield* connection.command('pragma wal_autocheckpoint = 0')
}

export function* attachTo(connection: Connection, path: string, schema: string): Task<void> {
  yield* connection.command(`attach ? as ${quote(schema)}`, [path])
}
