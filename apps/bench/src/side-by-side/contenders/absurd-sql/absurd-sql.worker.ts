import initSqlJs, { type SqlJsDatabase, type SqlJsStatement } from '@jlongster/sql.js'
import wasmUrl from '@jlongster/sql.js/dist/sql-wasm.wasm?url'
import { SQLiteFS } from 'absurd-sql'
import IndexedDBBackend from 'absurd-sql/dist/indexeddb-backend'
import type { Row } from '../../sql-session.ts'
import { answerSessionCalls, type WorkerDatabase } from '../answer-session-calls.ts'

/** absurd-sql as its README sets it up, with the larger pages that it suggests. */
answerSessionCalls(async (name) => {
  if (typeof SharedArrayBuffer === 'undefined') throw new Error('needs shared memory')
  const sqlJs = await initSqlJs({ locateFile: () => wasmUrl })
  const files = new SQLiteFS(sqlJs.FS, new IndexedDBBackend())
  sqlJs.register_for_idb(files)
  sqlJs.FS.mkdir('/sql')
  sqlJs.FS.mount(files, {}, '/sql')
  const database = new sqlJs.Database(`/sql/absurd-${name}.sqlite`, { filename: true })
  database.exec('pragma page_size = 8192; pragma journal_mode = memory;')
  return workerDatabaseOf(database)
})

function workerDatabaseOf(database: SqlJsDatabase): WorkerDatabase {
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
    query(sql, parameters) {
      const statement = prepared(sql)
      const rows: Row[] = []
      statement.bind(parameters)
      while (statement.step()) rows.push(statement.getAsObject())
      statement.reset()
      return rows
    },
    exec(script) {
      database.exec(script)
    },
    close() {
      // Frees the statements as well.
      database.close()
    },
  }
}
