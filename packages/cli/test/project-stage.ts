import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const CLI = join(import.meta.dirname, '../dist/cli.js')

interface Outcome {
  readonly exitCode: number
  readonly out: string
  readonly error: string
}

export interface Found {
  readonly code: string
  readonly severity: string
  readonly sentence: string
  readonly remedy: string
  readonly isFixable: boolean
}

/** A project as it is on a disk: files by their paths, objects as JSON; and links, by what they lead to. */
export async function makeProject(
  files: Readonly<Record<string, unknown>>,
  links: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasync-project-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await symlink(join(folder, target), join(folder, path), 'junction')
  }
  return folder
}

/** What `npm install` leaves of a package. */
export function installed(
  name: string,
  version: string,
  more: object = {},
): Readonly<Record<string, unknown>> {
  return { [`node_modules/${name}/package.json`]: { name, version, ...more } }
}

export const ENGINE = installed('@datasync/engine', '1.0.0')

export function doctor(cwd: string, ...parameters: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...parameters], { cwd }, (failure, out, error) => {
      resolve({ exitCode: Number(failure?.code ?? 0), out, error })
    })
  })
}

export async function findings(cwd: string): Promise<readonly Found[]> {
  const { out } = await doctor(cwd, 'doctor', '--json')
  return (JSON.parse(out) as { readonly findings: readonly Found[] }).findings
}
