import { createDatabase, type DatabaseOptions } from '@datasync/engine'
import type { Contender } from './contender.ts'
import type { Durability } from './data.ts'
import { sqlTasks } from './sql-tasks.ts'
import type { OpenSession } from './session.ts'

/** How SQLite, which waits, reads from IndexedDB, which answers later. */
type Bridge = 'sab' | 'jspi' | 'mirror'

/** DataSync with its blocks in IndexedDB. */
export function datasyncOnIndexedDb(bridge: Bridge): Contender {
  return {
    name: `DataSync, indexeddb by ${bridge}`,
    isIsolated: bridge === 'sab',
    durabilities: ['strict', 'relaxed'],
    forgets: undefined,
    tasks: sqlTasks(opener(bridge, { storage: 'indexeddb', bridge }), 'strict'),
  }
}

/** DataSync in the origin private file system, where that is to be had. */
export const datasyncOnOpfs: Contender = {
  name: 'DataSync, opfs',
  isIsolated: true,
  durabilities: ['strict', 'relaxed'],
  forgets: undefined,
  tasks: sqlTasks(opener('opfs', { storage: 'opfs' }), 'strict'),
}

/** What SQLite and the messages cost without any storage. */
export const datasyncInMemory: Contender = {
  name: 'DataSync, memory',
  isIsolated: true,
  durabilities: ['none'],
  forgets: 'memory keeps nothing that could be opened again',
  tasks: sqlTasks(opener('memory', { storage: 'memory' }), 'none'),
}

function opener(prefix: string, options: DatabaseOptions): OpenSession {
  return async (name, durability: Durability) => {
    const database = createDatabase(`bench-${prefix}-${name}`, {
      ...options,
      durability: durability === 'none' ? 'strict' : durability,
    })
    await database.ready
    const { backend, bridge } = database.status.getSnapshot().storage ?? {}
    if (backend !== options.storage || bridge !== options.bridge) {
      throw new Error(`opened in ${backend} by ${bridge}, which was not asked for`)
    }
    return {
      async run(sql, parameters = []) {
        await database.run(sql, parameters)
      },
      async rows(sql, parameters = []) {
        return (await database.query(sql, parameters)).map((row) => Object.values(row))
      },
      close: () => database.close(),
    }
  }
}
