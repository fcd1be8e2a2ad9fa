import type { SqliteModule } from './sqlite/module.ts'
import { loadSqlite, type LoadOptions } from './sqlite/load-sqlite.ts'
import { Vfs } from './storage/vfs.ts'

/** SQLite with our VFS in it. */
export interface StartedSqlite {
  readonly module: SqliteModule
  readonly vfs: Vfs
  readonly suspending: boolean
}

export async function startSqlite({
  suspending = false,
  ...options
}: LoadOptions = {}): Promise<StartedSqlite> {
  const module = await loadSqlite({ ...options, suspending })
  return { module, vfs: new Vfs(module), suspending }
}
