import type { Database } from './handle.ts'
import type { Transport } from './link/transport.ts'
import { createDatabaseHandle } from './database/database-handle.ts'
import { checkOptions, findDifferences, type DatabaseOptions } from './database/database-options.ts'
import { ENGINES, REGISTRY } from './database-registry.ts'
import { DataSyncError } from './errors.ts'
import { createWorkerTransport, type WorkerSource } from './link/worker-transport.ts'
import { SharedDatabase } from './database/shared-database.ts'

interface Entry {
  readonly shared: SharedDatabase
  handles: number
}

/**
 * Makes a handle of the database of this name, and returns at once: the database is opened by what
 * is first asked of it, or by `await db.ready`. Handles of the same name share one engine, one set of
 * live queries and the options of the first; the engine ends with the last of them.
 *
 * On a server it is as harmless: only what has to open the database fails, with `storage-unavailable`.
 *
 * @throws DataSyncError `invalid-name` or `invalid-argument`. What goes wrong later is reported by
 * the calls, by `db.ready` and by `db.status`.
 *
 * @example
 * export const db = createDatabase('shop', {
 *   migrations: ['create table todo (id integer primary key, title text not null, done integer not null)'],
 * })
 * await db.run('insert into todo (title, done) values (?, ?)', ['Buy milk', false])
 */
export function createDatabase(name: string, options: DatabaseOptions = {}): Database {
  const settings = checkOptions(name, options)
  const registry = findRegistry()
  const known = registry.get(name)
  if (known !== undefined && !known.shared.link.isClosed) {
    warnOfDifferences(name, findDifferences(known.shared.settings, settings))
    return createHandle(registry, known)
  }
  const connect = (): Transport => connectToWorker(settings)
  const entry = {
    shared: new SharedDatabase(name, settings, connect, known?.shared.link.close()),
    handles: 0,
  }
  registry.set(name, entry)
  return createHandle(registry, entry)
}

function createHandle(registry: Map<string, Entry>, entry: Entry): Database {
  entry.handles += 1
  return createDatabaseHandle(entry.shared, async () => {
    entry.handles -= 1
    if (entry.handles > 0) return
    await entry.shared.link.close()
    if (registry.get(entry.shared.name) === entry) registry.delete(entry.shared.name)
  })
}

function findRegistry(): Map<string, Entry> {
  const globals = globalThis as { [REGISTRY]?: Map<string, Entry>; [ENGINES]?: Set<unknown> }
  globals[ENGINES] ??= new Set()
  globals[ENGINES].add(createDatabase)
  globals[REGISTRY] ??= new Map()
  return globals[REGISTRY]
}

function connectToWorker(source: WorkerSource): Transport {
  if (source.worker === undefined && typeof Worker === 'undefined') {
    throw new DataSyncError(
      'storage-unavailable',
      'There are no workers here, as on a server: the database lives in the browser.',
    )
  }
  return createWorkerTransport(source)
}

function warnOfDifferences(name: string, differences: readonly string[]): void {
  if (differences.length === 0) return
  console.warn(
    `createDatabase('${name}') was called before with other values of ${differences.join(', ')}, which stay in force.`,
  )
}
