import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'

/** A file of SQLite in the SQLite of Node. */
export function openBytes(bytes: Uint8Array): DatabaseSync {
  const folder = mkdtempSync(join(tmpdir(), 'datasync-'))
  const path = join(folder, 'file.sqlite3')
  writeFileSync(path, bytes)
  const database = new DatabaseSync(path)
  onTestFinished(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  return database
}
