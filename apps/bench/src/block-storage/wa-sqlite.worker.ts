import { Factory, SQLITE_ROW } from '@journeyapps/wa-sqlite'
import createModule from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.mjs'
import wasmUrl from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.wasm?url'
import { IDBBatchAtomicVFS } from '@journeyapps/wa-sqlite/src/examples/IDBBatchAtomicVFS.js'
import { answerPeerCalls, type PeerDatabase } from './answer-peer-calls.ts'
import type { Value } from './session.ts'

/** Its types are those of an older version. */
const BatchAtomicVfs = IDBBatchAtomicVFS as unknown as {
  create(name: string, module: unknown): Promise<SQLiteVFS>
}

/**
 * wa-sqlite as its examples set it up: the build with Asyncify, one VFS with its defaults, and a cache
 * that holds what a transaction changes, as they ask for. It is as large as ours.
 */
answerPeerCalls(async (name, durability) => {
  const module: unknown = await createModule({ locateFile: () => wasmUrl })
  const sqlite3 = Factory(module)
  sqlite3.vfs_register(await BatchAtomicVfs.create(`wa-sqlite-${name}`, module), true)
  const database = await sqlite3.open_v2('bench')
  // `full` is its default as well.
  const synchronous = durability === 'strict' ? 'full' : 'normal'
  await sqlite3.exec(database, `pragma cache_size = -16384; pragma synchronous = ${synchronous}`)
  return peerOf(sqlite3, database)
})

function peerOf(sqlite3: SQLiteAPI, database: number): PeerDatabase {
  // Prepared once, as our engine does by itself.
  const statements = new Map<string, number>()
  const run = async (sql: string, parameters: readonly Value[]): Promise<Value[][]> => {
    const statement = statements.get(sql) ?? (await prepare(sql))
    if (parameters.length > 0) sqlite3.bind_collection(statement, [...parameters])
    const rows: Value[][] = []
    while ((await sqlite3.step(statement)) === SQLITE_ROW) {
      // What a blob's bytes are in is overwritten by the next step.
      rows.push(sqlite3.row(statement).map((value) => (isBytes(value) ? value.slice() : (value as Value))))
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
      await run(sql, parameters)
    },
    rows: run,
    async close() {
      for (const statement of statements.values()) await sqlite3.finalize(statement)
      await sqlite3.close(database)
    },
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}
