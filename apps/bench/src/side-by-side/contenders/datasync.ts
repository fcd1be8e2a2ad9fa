import { createDatabase, type DatabaseOptions } from '@datasync/engine'
import type { Contender } from '../contender.ts'
import { insertInto, scriptOf } from './worker-session.ts'

/** DataSync with its blocks in IndexedDB, by one of the bridges to it. */
export function datasyncOnIndexedDb(
  bridge: 'sab' | 'jspi' | 'mirror',
  durability: 'strict' | 'relaxed' = 'strict',
): Contender {
  return datasync({ storage: 'indexeddb', bridge, durability })
}

/** DataSync in the origin private file system. */
export function datasyncOnOpfs(durability: 'strict' | 'relaxed' = 'strict'): Contender {
  return datasync({ storage: 'opfs', durability })
}

/** What SQLite and the messages cost without any storage. */
export const datasyncInMemory: Contender = datasync({ storage: 'memory' })

function datasync(options: DatabaseOptions): Contender {
  return {
    async open(name) {
      const database = createDatabase(`bench-${name}`, options)
      await database.ready
      const { backend, bridge } = database.status.getSnapshot().storage ?? {}
      if (backend !== options.storage || bridge !== options.bridge) {
        throw new Error(`opened in ${backend} by ${bridge}, which was not asked for`)
      }
      return {
        kind: 'sql',
        dialect: 'sqlite',
        async run(sql, parameters = []) {
          await database.run(sql, parameters)
        },
        query: (sql, parameters = []) => database.query(sql, parameters),
        async batch(statements) {
          await database.batch(statements)
        },
        async insertRows(table, columns, rows) {
          const sql = insertInto(table, columns)
          await database.batch(rows.map((parameters) => ({ sql, parameters })))
        },
        async script(statements, transactions) {
          await database.exec(scriptOf(statements, transactions))
        },
        close: () => database.close(),
      }
    },
  }
}
