import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

const FOLDER = 'results'

/** Writes all that was measured as JSON, with what it was measured on. Returns where. */
export async function writeResults(
  file: string,
  figures: readonly unknown[],
  chromium: string | undefined,
): Promise<string> {
  const folder = join(import.meta.dirname, '..', FOLDER)
  await mkdir(folder, { recursive: true })
  const machine = { platform: process.platform, cpus: cpus().length, chromium }
  const report = { date: new Date().toISOString(), machine, figures }
  await writeFile(join(folder, file), `${JSON.stringify(report, undefined, 2)}\n`)
  return `apps/bench/${FOLDER}/${file}`
}
