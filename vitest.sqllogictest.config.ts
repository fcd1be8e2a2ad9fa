import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { browserProject } from './scripts/browser-project.ts'

const folder = process.env['SQLLOGICTEST']
if (!folder) {
  throw new Error('SQLLOGICTEST is to name a folder with scripts (*.test), such as one with all of SQLite.')
}
const root = resolve(folder)
const storage = process.env['SQLLOGICTEST_STORE'] ?? 'memory'
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test'))
  .toSorted()
if (paths.length === 0) throw new Error(`There is no script (*.test) below ${root}.`)

const provide = { corpus: { storage, root, paths } }
const browser = browserProject({ name: 'engine', prebundled: ['hash-wasm'] })

export default defineConfig({
  test: {
    projects: [
      storage === 'memory'
        ? { test: { name: 'node', provide, include: ['packages/engine/test/sqllogictest/corpus.node.ts'] } }
        : {
            ...browser,
            // The scripts are elsewhere.
            server: { fs: { allow: [import.meta.dirname, root] } },
            test: { ...browser.test, provide, include: ['test/sqllogictest/corpus.browser.ts'] },
          },
    ],
  },
})
