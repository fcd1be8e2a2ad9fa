import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder, which is removed when the test is over and has ended the browsers that it started. */
export async function temporaryProfile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasync-profile-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
