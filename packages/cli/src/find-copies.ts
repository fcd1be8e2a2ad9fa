import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Manifest, readManifest } from './manifest.ts'

/** A folder in which a package lies. */
export interface Copy {
  /** Relative to the project. */
  readonly path: string
  readonly version: string | undefined
}

/**
 * The copies of a package that the project and all that it depends on get, each once, however they are linked: what an
 * app in the same workspace gets is none of them.
 */
export async function findCopies(project: string, name: string): Promise<readonly Copy[]> {
  const folder = await realpath(project)
  const packages = await readPackages(folder)
  return [...packages]
    .filter(([, manifest]) => manifest.name === name)
    .map(([path, { version }]) => ({ path: relative(folder, path), version }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Each package that one in a folder depends on, with that one, by the place where it really lies. */
async function readPackages(folder: string): Promise<ReadonlyMap<string, Manifest>> {
  const packages = new Map<string, Manifest>()
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (packages.has(next)) continue
    const from = next
    const manifest = await readManifest(join(from, 'package.json'))
    packages.set(from, manifest)
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
      // Those of a package are not installed with it.
      ...(from === folder ? manifest.devDependencies : {}),
    })
    const found = await Promise.all(names.map((name) => resolvePackage(from, name)))
    waiting.push(...found.filter((path) => path !== undefined))
  }
  return packages
}

/** As Node finds a package, from the place where the one that asks really lies. */
async function resolvePackage(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, 'node_modules', name)
  if (existsSync(join(path, 'package.json'))) return realpath(path)
  const above = dirname(folder)
  return above === folder ? undefined : resolvePackage(above, name)
}
