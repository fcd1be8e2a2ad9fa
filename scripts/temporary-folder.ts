import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Vite copies this module into every configuration that it reads, of which there is one for each adapter: in one process,
 * they have one list and one listener between them, since Node takes more than ten for a leak.
 */
const FOLDERS = Symbol.for('datasync.temporary-folders')

/** A new folder on disk, which is there until this process ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `datasync-test-${name}-`))
  foldersOfProcess().push(folder)
  return folder
}

function foldersOfProcess(): string[] {
  const shared = globalThis as { [FOLDERS]?: string[] }
  if (shared[FOLDERS] !== undefined) return shared[FOLDERS]
  const folders: string[] = []
  shared[FOLDERS] = folders
  process.once('exit', () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return folders
}
