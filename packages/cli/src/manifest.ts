import { readFile } from 'node:fs/promises'

/** What is read of a package.json. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly browserslist?: unknown
  readonly scripts?: Readonly<Record<string, string>>
}

/** @throws Error where there is none, or something else. */
export async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest
  } catch (error) {
    throw new Error(`${path} is not JSON.`, { cause: error })
  }
}
