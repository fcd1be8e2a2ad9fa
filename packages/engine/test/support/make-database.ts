import { loadOfficialSqlite } from './official-sqlite.ts'

const { sqlite3 } = await loadOfficialSqlite()

/** The bytes of a database that SQLite made by itself, as any other program would have. */
export function makeDatabase(script: string, { pageSize = 4096, inLogMode = false } = {}): Uint8Array {
  const database = new sqlite3.oo1.DB(':memory:')
  try {
    database.exec(`pragma page_size = ${pageSize}; ${script}`)
    const bytes = sqlite3.capi.sqlite3_js_db_export(database)
    // What the header of a file under WAL says.
    if (inLogMode) bytes[18] = bytes[19] = 2
    return bytes
  } finally {
    database.close()
  }
}

/** Opens the bytes of a database by themselves and asks one thing of them. */
export function askDatabase(bytes: Uint8Array, sql: string): unknown {
  const database = new sqlite3.oo1.DB(':memory:')
  try {
    const copy = sqlite3.wasm.allocFromTypedArray(bytes)
    sqlite3.capi.sqlite3_deserialize(
      database.pointer ?? 0,
      'main',
      copy,
      bytes.length,
      bytes.length,
      sqlite3.capi.SQLITE_DESERIALIZE_FREEONCLOSE,
    )
    return database.selectValue(sql)
  } finally {
    database.close()
  }
}
