import type { Durability } from '../contender.ts'
import type { Row, SqlSession, SqlStatement, Value } from '../sql-session.ts'

/** One call of a session, sent to the worker of a library that has no client for pages. */
export type SessionCall =
  | { readonly type: 'open'; readonly database: string; readonly durability: Durability }
  | { readonly type: 'run' | 'query'; readonly statement: SqlStatement }
  | { readonly type: 'batch'; readonly statements: readonly SqlStatement[] }
  | { readonly type: 'insert'; readonly sql: string; readonly rows: readonly (readonly Value[])[] }
  | { readonly type: 'exec'; readonly script: string }
  | { readonly type: 'close' }

export type SessionAnswer = { readonly rows: readonly Row[] } | { readonly error: string }

/** A session with SQLite in a worker as its documentation shows it: one message there and one back for each call. */
export async function openWorkerSession(
  worker: Worker,
  database: string,
  durability: Durability,
): Promise<SqlSession> {
  // A port of our own: the worker of absurd-sql has other messages for the page as well.
  const { port1, port2 } = new MessageChannel()
  port1.start()
  worker.postMessage({ type: 'port', port: port2 }, [port2])
  const waiting: { resolve: (rows: readonly Row[]) => void; reject: (reason: Error) => void }[] = []
  port1.addEventListener('message', ({ data }: MessageEvent<SessionAnswer>) => {
    const first = waiting.shift()
    if ('error' in data) first?.reject(new Error(data.error))
    else first?.resolve(data.rows)
  })
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(message))
  })

  /** Calls are answered in the order in which they were made. */
  const call = (request: SessionCall): Promise<readonly Row[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      port1.postMessage(request)
    })

  await call({ type: 'open', database, durability })
  return {
    dialect: 'sqlite',
    async run(sql, parameters = []) {
      await call({ type: 'run', statement: { sql, parameters } })
    },
    query: (sql, parameters = []) => call({ type: 'query', statement: { sql, parameters } }),
    async batch(statements) {
      await call({ type: 'batch', statements })
    },
    async insertRows(table, columns, rows) {
      await call({ type: 'insert', sql: insertInto(table, columns), rows })
    },
    async script(statements, transactions) {
      await call({ type: 'exec', script: scriptOf(statements, transactions) })
    },
    async close() {
      await call({ type: 'close' })
      worker.terminate()
    },
  }
}

export function scriptOf(statements: readonly string[], transactions: 'each' | 'one'): string {
  const all = transactions === 'one' ? ['begin', ...statements, 'commit'] : statements
  return all.map((statement) => `${statement};`).join('\n')
}

export function insertInto(table: string, columns: readonly string[]): string {
  return `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}
