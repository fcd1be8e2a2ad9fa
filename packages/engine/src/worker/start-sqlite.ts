import { loadSqlite, type SqliteModule } from './sqlite/module.ts'
import { Vfs } from './storage/vfs.ts'

/** SQLite with our VFS in it. */
export interface StartedSqlite {
  readonly module: SqliteModule
  readonly vfs: Vfs
  readonly suspending: boolean
}

export async function startSqlite(wasmUrl: string | undefined, suspending: boolean): Promise<StartedSqlite> {
  const module = await loadSqlite(wasmUrl, { suspending })
  return { module, vfs: new Vfs(module), suspending }
}
