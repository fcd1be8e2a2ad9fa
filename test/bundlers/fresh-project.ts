import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { temporaryFolder } from '../../scripts/temporary-folder.ts'
import { PACKAGES, tarballOf } from './pack-packages.ts'
import { ROOT, runProgram } from './run-program.ts'

export const EXAMPLES_FOLDER = join(ROOT, 'examples')
const MADE_BY_TOOLS = new Set([
  'node_modules',
  'dist',
  'build',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.parcel-cache',
])

/**
 * An example, or what else is a project, in a new folder, with the packages from their tarballs and
 * everything else in the versions of the examples' lockfile.
 *
 * @param change - What is done to its files before anything is installed.
 */
export async function freshProject(
  name: string,
  parent: string = EXAMPLES_FOLDER,
  change: (folder: string) => void = () => {},
): Promise<string> {
  const workspace = temporaryFolder(name)
  const folder = join(workspace, name)
  cpSync(join(parent, name), folder, {
    recursive: true,
    filter: (path) => !MADE_BY_TOOLS.has(basename(path)),
  })
  change(folder)
  cpSync(join(EXAMPLES_FOLDER, 'pnpm-lock.yaml'), join(workspace, 'pnpm-lock.yaml'))
  writeFileSync(join(workspace, 'pnpm-workspace.yaml'), withTarballs())
  // Not as it stands in the lockfile, which has the packages where they are built.
  await runProgram('pnpm', ['install', '--no-frozen-lockfile', '--prefer-offline'], { folder: workspace })
  return folder
}

function withTarballs(): string {
  const settings = readFileSync(join(EXAMPLES_FOLDER, 'pnpm-workspace.yaml'), 'utf8')
  return PACKAGES.reduce(
    (text, name) => text.replace(`link:../packages/${name}`, `file:${tarballOf(name)}`),
    settings,
  )
}
