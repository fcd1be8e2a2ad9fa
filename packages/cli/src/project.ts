import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Manifest, readManifest } from './manifest.ts'

/** A folder with a package.json, and what is installed for it. */
export interface Project {
  readonly folder: string
  readonly manifest: Manifest
  /** Whether it names the package itself. */
  uses(name: string): boolean
  /** The manifest of a package that is installed here or above; undefined if it is not. */
  installed(name: string): Promise<Manifest | undefined>
  /** The text of a file of the project; undefined where there is none. */
  read(...candidates: readonly string[]): Promise<ProjectFile | undefined>
}

export interface ProjectFile {
  readonly path: string
  readonly text: string
}

/** @throws Error if there is no package.json in the folder, or it cannot be read. */
export async function openProject(folder: string): Promise<Project> {
  const path = join(folder, 'package.json')
  if (!existsSync(path))
    throw new Error(`There is no package.json in ${folder}. Call this in the folder of a project.`)
  const manifest = await readManifest(path)
  const declared = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }
  return {
    folder,
    manifest,
    uses: (name) => name in declared,
    installed: (name) => findInstalled(folder, name),
    async read(...candidates) {
      const found = candidates.map((file) => join(folder, file)).find((file) => existsSync(file))
      return found === undefined ? undefined : { path: found, text: await readFile(found, 'utf8') }
    },
  }
}

async function findInstalled(folder: string, name: string): Promise<Manifest | undefined> {
  const path = join(folder, 'node_modules', name, 'package.json')
  if (existsSync(path)) return readManifest(path)
  const above = dirname(folder)
  return above === folder ? undefined : findInstalled(above, name)
}
