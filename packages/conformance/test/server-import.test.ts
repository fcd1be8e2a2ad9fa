import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const PACKAGES = join(import.meta.dirname, '../..')
/** What belongs to a browser. */
const TRAPPED = [
  'Worker',
  'SharedWorker',
  'navigator',
  'indexedDB',
  'BroadcastChannel',
  'localStorage',
  'caches',
]

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const published = globSync('*/package.json', { cwd: PACKAGES })
  .map((path) => ({
    folder: dirname(join(PACKAGES, path)),
    manifest: JSON.parse(readFileSync(join(PACKAGES, path), 'utf8')) as Manifest,
  }))
  .filter(({ manifest }) => manifest.private !== true)

/** The program for the command line is not imported by anybody. */
const importable = published.filter(({ manifest }) => manifest.exports?.['.'] !== undefined)

test('there are the engine, four adapters, and what imports from others', () => {
  expect(importable.map(({ manifest }) => manifest.name).toSorted()).toEqual(
    ['angular', 'engine', 'migrate', 'react', 'svelte', 'vue'].map((name) => `@datasync/${name}`),
  )
})

test.each(importable)('importing $manifest.name on a server touches nothing of a browser', (found) => {
  const { name, peerDependencies = {} } = found.manifest
  const frameworks = Object.keys(peerDependencies).filter((peer) => peer !== '@datasync/engine')
  const program = `
    // Angular's own packages come half compiled, and servers run them linked or with the compiler at hand.
    await import('@angular/compiler').catch(() => undefined)
    // What a framework looks for when it is imported is its own affair.
    for (const framework of ${JSON.stringify(frameworks)}) await import(framework)
    const touched = []
    for (const name of ${JSON.stringify(TRAPPED)}) {
      Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) })
    }
    const { createDatabase } = await import('@datasync/engine')
    const exported = Object.keys(await import(${JSON.stringify(name)}))
    await import('@datasync/engine/hydration')
    createDatabase('server')
    console.log(JSON.stringify({ touched, exported }))`

  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: found.folder,
    encoding: 'utf8',
  })

  expect(stderr).toBe('')
  const { touched, exported } = JSON.parse(stdout) as Record<string, readonly string[]>
  expect(touched).toEqual([])
  expect(exported?.length).toBeGreaterThan(2)
})
