import { globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { expect, test } from 'playwright/test'
import { temporaryFolder } from '../../scripts/temporary-folder.ts'
import { PACKAGES, tarballOf } from './pack-packages.ts'
import { ROOT, runProgram } from './run-program.ts'

const BELONGS = [
  /^package\.json$/,
  /^(README|THIRD-PARTY-NOTICES)\.md$/,
  /^LICENSE(-MIT|-APACHE)?$/,
  /^dist\/(.+\/)?[\w.-]+\.(js|mjs|cjs|d\.ts|wasm)$/,
  // For those who look for an entry without reading `exports`, as Parcel does.
  /^(hydration|testing)\/package\.json$/,
  // As Angular's package format has it: the source of the package itself.
  /^dist\/fesm2022\/[\w.-]+\.mjs\.map$/,
  /^dist\/schematics\/[\w.-]+\.json$/,
]
const OF_TESTS = /(^|[/.-])(tests?|spec|fixtures?|__\w+__|e2e|bench)([/.-]|$)/
/** Where this was built, and where things of whoever built it are. */
const ABSOLUTE = [ROOT, `${homedir()}${sep}`, 'file:///']

for (const name of PACKAGES) {
  test(`@datasync/${name} holds what is published and nothing else`, async () => {
    const folder = await unpack(tarballOf(name))
    const files = globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
    expect(files.filter((file) => !BELONGS.some((pattern) => pattern.test(file)))).toEqual([])
    expect(files.filter((file) => OF_TESTS.test(file))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']))

    const found = files.flatMap((file) => {
      const content = readFileSync(join(folder, file), 'latin1')
      return ABSOLUTE.filter((path) => content.includes(path)).map((path) => `${path} in ${file}`)
    })
    expect(found).toEqual([])
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).not.toMatch(/"(workspace|link|file|catalog):/)
  })
}

async function unpack(tarball: string): Promise<string> {
  const folder = temporaryFolder('unpacked')
  await runProgram('tar', ['-xzf', tarball], { folder })
  return join(folder, 'package')
}
