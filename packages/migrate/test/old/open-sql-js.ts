import initSqlJs from 'sql.js'
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url'
import type { OldLibrary } from './old-library.ts'

/** sql.js, with a database in memory, which `bytes` gives as an app would keep it. */
export async function openSqlJs(): Promise<OldLibrary & { bytes(): Uint8Array<ArrayBuffer> }> {
  const { Database } = await initSqlJs({ locateFile: () => wasmUrl })
  const database = new Database()
  return {
    exec: async (script) => void database.exec(script),
    query: async (sql) => database.exec(sql)[0]?.values ?? [],
    close: async () => database.close(),
    bytes: () => database.export(),
  }
}
