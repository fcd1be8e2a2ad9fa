import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGES = join(import.meta.dirname, '../../../packages')

/** The archives that would be published, in `folder`, by the names under which they would be installed. */
export function packPackages(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(PACKAGES).filter((name) => name !== 'conformance')
  for (const name of names) {
    execFileSync('pnpm', ['pack', '--pack-destination', folder], {
      cwd: join(PACKAGES, name),
      shell: process.platform === 'win32',
    })
  }
  const archives = readdirSync(folder)
  return new Map(
    names.map((name) => {
      const archive = archives.find((file) => file.startsWith(`datasync-${name}-`))
      if (archive === undefined) throw new Error(`@datasync/${name} was not packed.`)
      return [`@datasync/${name}`, join(folder, archive)]
    }),
  )
}
