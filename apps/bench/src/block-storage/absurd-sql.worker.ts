import initSqlJs, { type SqlJsDatabase, type SqlJsStatement } from '@jlongster/sql.js'
import wasmUrl from '@jlongster/sql.js/dist/sql-wasm.wasm?url'
import { SQLiteFS } from 'absurd-sql'
import IndexedDBBackend from 'absurd-sql/dist/indexeddb-backend'
import { answerPeerCalls, type PeerDatabase } from './answer-peer-calls.ts'
import type { Value } from './session.ts'

/** absurd-sql as its README sets it up, with the larger pages that it suggests. */
answerPeerCalls(async (name) => {
  if (typeof SharedArrayBuffer === 'undefined') throw new Error('needs shared memory')
  const sqlJs = await initSqlJs({ locateFile: () => wasmUrl })
  const files = new SQLiteFS(sqlJs.FS, new IndexedDBBackend())
  sqlJs.register_for_idb(files)
  sqlJs.FS.mkdir('/sql')
  sqlJs.FS.mount(files, {}, '/sql')
  const database = new sqlJs.Database(`/sql/absurd-${name}.sqlite`, { filename: true })
  database.exec('pragma page_size = 8192; pragma journal_mode = memory;')
  return peerOf(database)
})

function peerOf(database: SqlJsDatabase): PeerDatabase {
  // Prepared once, as our engine does by itself.
  const statements = new Map<string, SqlJsStatement>()
  const prepared = (sql: string): SqlJsStatement => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    run(sql, parameters) {
      prepared(sql).run(parameters)
    },
    rows(sql, parameters) {
      const statement = prepared(sql)
      const rows: Value[][] = []
      statement.bind(parameters)
      while (statement.step()) rows.push(statement.get())
      statement.reset()
      return rows
    },
    close() {
      // Frees the statements as well.
      database.close()
    },
  }
}
