import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { runProgram } from './run-program.ts'
import { freshServerApp, SERVER_APPS } from './server-app.ts'
import { startServer } from './start-server.ts'
import { visitServerRows } from './visit-server-rows.ts'

for (const app of SERVER_APPS) {
  // One after another, in the same project.
  test.describe.serial(`the rows of a server, in ${app.name}`, () => {
    let folder: string

    test.beforeAll(async () => {
      folder = await freshServerApp(app)
    })

    test('are shown by what was built', async () => {
      await runProgram('pnpm', ['run', 'build'], { folder })
      expect(scriptsWithRows(join(folder, app.output)), 'what loads rows stays on the server').toEqual([])
      await using server = await startServer(folder, app.serve)
      await visitServerRows(server.url)
    })

    test('are shown while it is developed', async () => {
      await using server = await startServer(folder, 'dev')
      await visitServerRows(server.url)
    })

    if (!app.hasTypes) return
    test('have types that hold', async () => {
      await runProgram('pnpm', ['run', 'types'], { folder })
    })
  })
}

function scriptsWithRows(folder: string): readonly string[] {
  const scripts = globSync('**/*.js', { cwd: folder })
  expect(scripts).not.toEqual([])
  return scripts.filter((script) => readFileSync(join(folder, script), 'utf8').includes('milk for request'))
}
