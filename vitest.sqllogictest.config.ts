import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type UserWorkspaceConfig } from 'vitest/config'
import { browserProject } from './scripts/browser-project.ts'

// Tools read this configuration without a folder. Whoever runs it is told that there are no scripts.
const folder = process.env['SQLLOGICTEST'] ?? ''
const storage = process.env['SQLLOGICTEST_STORE'] ?? 'memory'
const root = resolve(folder)
const paths = folder === '' ? [] : findScripts()
const provide = { corpus: { storage, root, paths } }

export default defineConfig({ test: { projects: [storage === 'memory' ? inNode() : inBrowser()] } })

function findScripts(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test'))
    .toSorted()
}

function inNode(): UserWorkspaceConfig {
  return { test: { name: 'node', provide, include: ['packages/engine/test/sqllogictest/corpus.node.ts'] } }
}

function inBrowser(): UserWorkspaceConfig {
  const project = browserProject({ name: 'engine', prebundled: ['hash-wasm'] })
  return {
    ...project,
    // The scripts are elsewhere.
    server: { fs: { allow: [import.meta.dirname, root] } },
    test: { ...project.test, provide, include: ['test/sqllogictest/corpus.browser.ts'] },
  }
}
