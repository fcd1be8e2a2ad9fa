import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { DOCUMENTED_POLICIES, strictestPolicy } from './documented-policies.ts'
import { freshProject } from './fresh-project.ts'
import { runProgram } from './run-program.ts'
import { serveFolder } from './serve-folder.ts'
import { useTasks } from './use-tasks.ts'
import { watchedBrowser } from './watched-browser.ts'

const { everywhere, page, worker } = DOCUMENTED_POLICIES

/** What the guide says is needed, a policy without it, and what the error names as its remedy. */
const FORBIDDEN = [
  ['WebAssembly', everywhere.replace(" 'wasm-unsafe-eval'", ''), "Add 'wasm-unsafe-eval'"],
  ['fetching', everywhere.replace("connect-src 'self'", "connect-src 'none'"), "Add `connect-src 'self'`"],
  ['workers', everywhere.replace("worker-src 'self'", "worker-src 'none'"), "Add `worker-src 'self'`"],
] as const

test.describe.serial('a built app', () => {
  let folder: string

  test.beforeAll(async () => {
    const project = await freshProject('esbuild-react')
    await runProgram('pnpm', ['run', 'build'], { folder: project })
    folder = join(project, 'dist')
  })

  test('needs WebAssembly and fetching in its worker alone', async () => {
    await using server = await serveFolder(folder, (path) => (path.endsWith('worker.js') ? worker : page))
    // The page asks all the same, as the guide says.
    await useTasks(server.url, /sqlite3\.wasm.*Content Security Policy/)
  })

  for (const [what, policy, remedy] of FORBIDDEN) {
    test(`says what to add where ${what} is forbidden`, async () => {
      expect(policy).not.toBe(everywhere)
      await using server = await serveFolder(folder, () => policy)
      await using browser = await watchedBrowser()
      const tab = await browser.context.newPage()
      await tab.goto(server.url)
      await expect(tab.getByRole('alert')).toContainText(remedy)
    })
  }
})

test('a page with an import map needs the hash of that', async () => {
  const folder = await freshProject('import-map')
  const policy = strictestPolicy(folder)
  expect(policy).toContain('sha256-')
  await using server = await serveFolder(folder, () => policy)
  await useTasks(server.url)
})
