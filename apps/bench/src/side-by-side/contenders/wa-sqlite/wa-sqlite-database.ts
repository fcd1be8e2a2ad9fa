import { Factory, SQLITE_ROW } from '@journeyapps/wa-sqlite'
import type { Row, Value } from '../../sql-session.ts'
import type { WorkerDatabase } from '../answer-session-calls.ts'

/** A build of wa-sqlite with one VFS, as its examples set it up, and a cache as large as ours. */
export async function openWaSqlite(
  module: unknown,
  vfs: SQLiteVFS,
  name: string,
  pragmas: readonly string[],
): Promise<WorkerDatabase> {
  const sqlite3 = Factory(module)
  sqlite3.vfs_register(vfs, true)
  const database = await sqlite3.open_v2(name)
  for (const pragma of ['cache_size = -16384', ...pragmas]) await sqlite3.exec(database, `pragma ${pragma}`)
  return workerDatabaseOf(sqlite3, database)
}

function workerDatabaseOf(sqlite3: SQLiteAPI, database: number): WorkerDatabase {
  // Prepared once, as our engine does by itself.
  const statements = new Map<string, number>()
  const query = async (sql: string, parameters: readonly Value[]): Promise<Row[]> => {
    const statement = statements.get(sql) ?? (await prepare(sql))
    if (parameters.length > 0) sqlite3.bind_collection(statement, [...parameters])
    const names = sqlite3.column_names(statement)
    const rows: Row[] = []
    while ((await sqlite3.step(statement)) === SQLITE_ROW) {
      // What a blob's bytes are in is overwritten by the next step.
      const values = sqlite3.row(statement).map((value) => (isBytes(value) ? value.slice() : value))
      rows.push(Object.fromEntries(names.map((name, index) => [name, values[index]])))
    }
    await sqlite3.reset(statement)
    return rows
  }
  const prepare = async (sql: string): Promise<number> => {
    for await (const statement of sqlite3.statements(database, sql, { unscoped: true })) {
      statements.set(sql, statement)
      return statement
    }
    throw new Error(`No statement in ${sql}`)
  }
  return {
    async run(sql, parameters) {
      await query(sql, parameters)
    },
    query,
    async exec(script) {
      await sqlite3.exec(database, script)
    },
    async close() {
      for (const statement of statements.values()) await sqlite3.finalize(statement)
      await sqlite3.close(database)
    },
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}
