import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { strictestPolicy } from './documented-policies.ts'
import { EXAMPLES } from './examples.ts'
import { freshProject } from './fresh-project.ts'
import { runProgram } from './run-program.ts'
import { serveFolder } from './serve-folder.ts'
import { startServer } from './start-server.ts'
import { useTasks } from './use-tasks.ts'

for (const { name, output, serve, isBuilt = true, hasTypes = true } of EXAMPLES) {
  // One after another, in the same project.
  test.describe.serial(name, () => {
    let folder: string

    test.beforeAll(async () => {
      folder = await freshProject(name)
    })

    test('is built, served and used', async () => {
      if (isBuilt) await runProgram('pnpm', ['run', 'build'], { folder })
      const built = join(folder, output)
      const files = globSync('**/*.wasm', { cwd: built }).map((file) =>
        readFileSync(join(built, file), 'base64'),
      )
      // Vite puts what workers ask for into a folder of its own if it is told where that is, as by SvelteKit.
      expect(new Set(files).size, 'SQLite is there, and nothing else').toBe(1)
      await using server = await (serve
        ? startServer(folder, serve)
        : serveFolder(built, () => strictestPolicy(built)))
      await useTasks(server.url)
    })

    test('is used while it is developed', async () => {
      await using server = await startServer(folder, 'dev')
      await useTasks(server.url)
    })

    if (!hasTypes) return
    test('has types that hold', async () => {
      await runProgram('pnpm', ['run', 'types'], { folder })
    })
  })
}
