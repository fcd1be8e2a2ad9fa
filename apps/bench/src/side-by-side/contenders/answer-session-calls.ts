import type { Durability } from '../contender.ts'
import type { Row, Value } from '../sql-session.ts'
import type { SessionAnswer, SessionCall } from './worker-session.ts'

/** What the worker of a library does, each call in the way that is best for it. */
export interface WorkerDatabase {
  run(sql: string, parameters: readonly Value[]): void | Promise<void>
  query(sql: string, parameters: readonly Value[]): readonly Row[] | Promise<readonly Row[]>
  exec(script: string): void | Promise<void>
  close(): void | Promise<void>
}

type Open = (database: string, durability: Durability) => Promise<WorkerDatabase>

/** The worker's end of `openWorkerSession`. */
export function answerSessionCalls(open: Open): void {
  self.addEventListener('message', ({ data }: MessageEvent<{ type?: string; port?: MessagePort }>) => {
    const { type, port } = data
    if (type !== 'port' || port === undefined) return
    let database: WorkerDatabase | undefined
    // One after the other, also where SQLite waits for storage without blocking the worker.
    let last: Promise<void> = Promise.resolve()
    port.addEventListener('message', ({ data: call }: MessageEvent<SessionCall>) => {
      last = last.then(async () => port.postMessage(await answer(call)))
    })
    port.start()

    async function answer(call: SessionCall): Promise<SessionAnswer> {
      try {
        if (call.type === 'open') {
          database = await open(call.database, call.durability)
          return { rows: [] }
        }
        if (database === undefined) throw new Error('The database is not open.')
        return { rows: await perform(database, call) }
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    }
  })
}

async function perform(
  database: WorkerDatabase,
  call: Exclude<SessionCall, { type: 'open' }>,
): Promise<readonly Row[]> {
  switch (call.type) {
    case 'run':
      await database.run(call.statement.sql, call.statement.parameters)
      return []
    case 'query':
      return database.query(call.statement.sql, call.statement.parameters)
    case 'batch':
      return inTransaction(database, async () => {
        for (const { sql, parameters } of call.statements) await database.run(sql, parameters)
      })
    case 'insert':
      return inTransaction(database, async () => {
        for (const row of call.rows) await database.run(call.sql, row)
      })
    case 'exec':
      await database.exec(call.script)
      return []
    case 'close':
      await database.close()
      return []
  }
}

async function inTransaction(database: WorkerDatabase, work: () => Promise<void>): Promise<readonly Row[]> {
  await database.run('begin', [])
  try {
    await work()
    await database.run('commit', [])
    return []
  } catch (error) {
    await database.run('rollback', [])
    throw error
  }
}
