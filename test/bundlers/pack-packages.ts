import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../scripts/temporary-folder.ts'
import { ROOT, runProgram } from './run-program.ts'

const FOLDER = join(ROOT, 'packages')

/** Those that are published. */
export const PACKAGES: readonly string[] = readdirSync(FOLDER).filter((name) => {
  const manifest: unknown = JSON.parse(readFileSync(join(FOLDER, name, 'package.json'), 'utf8'))
  return !(manifest as { readonly private?: boolean }).private
})

/** Packs every package once for all tests, which find the tarballs by {@link tarballOf}. */
export default async function packPackages(): Promise<void> {
  const folder = temporaryFolder('packed')
  for (const name of PACKAGES) {
    const parameters = ['pack', '--pack-destination', folder]
    await runProgram('pnpm', parameters, { folder: join(FOLDER, name) })
  }
  // Handed on to the processes that run the tests.
  process.env['DATASYNC_TARBALLS'] = folder
}

export function tarballOf(name: string): string {
  const folder = process.env['DATASYNC_TARBALLS']
  if (folder === undefined) throw new Error('The packages are packed by the set-up of `pnpm run bundlers`.')
  const tarball = readdirSync(folder).find((file) => file.startsWith(`datasync-${name}-`))
  if (tarball === undefined) throw new Error(`@datasync/${name} has not been packed.`)
  return join(folder, tarball)
}
