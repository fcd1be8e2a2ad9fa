import { join } from 'node:path'
import { chromium } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../scripts/find-browser.ts'
import { temporaryFolder } from '../../../scripts/temporary-folder.ts'
import { packPackages } from './pack-packages.ts'
import { Reader } from './reader.ts'
import { readSteps } from './read-steps.ts'
import { visitTodos } from './visit-todos.ts'

const DOCS = join(import.meta.dirname, '../../../docs')

let archives: ReadonlyMap<string, string>

beforeAll(() => {
  archives = packPackages(temporaryFolder('packed'))
})

describe.each(['react', 'vue', 'svelte', 'angular'])('the tutorial for %s', (framework) => {
  test('leads from nothing to a live query, in development and as it is built', async () => {
    await using stack = new AsyncDisposableStack()
    const context = await chromium.launchPersistentContext(temporaryFolder(`tutorial-${framework}`), {
      executablePath: findBrowser(),
      args: [...BROWSER_ARGUMENTS],
    })
    stack.defer(() => context.close())
    const reader = new Reader(temporaryFolder('reader'), archives)
    stack.defer(() => reader.leave())

    const visited: string[] = []
    for (const step of readSteps(join(DOCS, `tutorials/${framework}.md`))) {
      const served = await reader.follow(step)
      if (served === undefined) continue
      await visitTodos(context, served.address)
      visited.push(served.command)
    }
    // Once as it is while one writes it, once as users get it.
    expect(visited).toHaveLength(2)
  })
})
