import sqlite3InitModule, {
  type Database,
  type PreparedStatement,
  type Sqlite3Static,
} from '@sqlite.org/sqlite-wasm'
import type { Row } from '../../sql-session.ts'
import { answerSessionCalls, type WorkerDatabase } from '../answer-session-calls.ts'

/** The official build with its object API, as its documentation shows it. */
answerSessionCalls(async (name) => workerDatabaseOf(await openIn(await sqlite3InitModule(), name)))

/** The name begins with the VFS. */
async function openIn(sqlite3: Sqlite3Static, name: string): Promise<Database> {
  const [vfs, file = ''] = name.split(' ')
  if (vfs === 'opfs-sahpool') {
    // A pool has room for three databases.
    const pool = await sqlite3.installOpfsSAHPoolVfs({ directory: file })
    return new pool.OpfsSAHPoolDb(`/${file}`)
  }
  if (vfs === 'opfs') return new sqlite3.oo1.OpfsDb(`/${file}`, 'c')
  return new sqlite3.oo1.DB(':memory:', 'c')
}

function workerDatabaseOf(database: Database): WorkerDatabase {
  // Prepared once, as our engine does by itself.
  const statements = new Map<string, PreparedStatement>()
  const bound = (
    sql: string,
    parameters: readonly (string | number | Uint8Array | null)[],
  ): PreparedStatement => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    if (parameters.length > 0) statement.bind([...parameters])
    return statement
  }
  return {
    run(sql, parameters) {
      bound(sql, parameters).stepReset()
    },
    query(sql, parameters) {
      const statement = bound(sql, parameters)
      const rows: Row[] = []
      while (statement.step()) rows.push(statement.get({}))
      statement.reset()
      return rows
    },
    exec(script) {
      database.exec(script)
    },
    close() {
      for (const statement of statements.values()) statement.finalize()
      database.close()
    },
  }
}
