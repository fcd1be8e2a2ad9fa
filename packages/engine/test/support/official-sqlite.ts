import sqlite3InitModule, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import type { WasmInstance, SqliteModule } from '../../src/worker/sqlite/module.ts'
import { createModule } from '../../src/worker/sqlite/module.ts'

export interface OfficialSqlite {
  /** The official build with its object API, as a second opinion. */
  readonly sqlite3: Sqlite3Static
  /** The same SQLite as this engine uses it. */
  readonly module: SqliteModule
}

export async function loadOfficialSqlite(): Promise<OfficialSqlite> {
  Object.assign(globalThis, { sqlite3ApiConfig: { disable: { vfs: { opfs: true, 'opfs-wl': true } } } })
  const sqlite3 = await sqlite3InitModule()
  // The object API prints every error that a statement ends in, and in tests many are meant to.
  sqlite3.config.warn = () => undefined
  return { sqlite3, module: createModule(sqlite3.wasm as unknown as WasmInstance) }
}
