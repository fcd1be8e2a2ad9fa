import { join } from 'node:path'
import { test } from 'playwright/test'
import { freshProject } from './fresh-project.ts'
import { runProgram } from './run-program.ts'

const COMPILERS = ['5.9', '6.0', '7.0'] as const

test.describe.serial('the published types', () => {
  let folder: string

  test.beforeAll(async () => {
    folder = await freshProject('consumer', import.meta.dirname)
  })

  for (const version of COMPILERS) {
    test(`are those of TypeScript ${version}, with none of them skipped`, async () => {
      const compiler = join(folder, `node_modules/typescript-${version}/bin/tsc`)
      await runProgram(process.execPath, [compiler, '-p', folder], { folder })
    })
  }
})
