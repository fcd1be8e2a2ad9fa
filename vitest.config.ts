import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { examplesPlugin } from './apps/site/examples/examples-plugin.ts'
import { OLD_LIBRARIES, oldLibrariesPlugin } from './packages/migrate/test/old/old-libraries-plugin.ts'
import { browserProject } from './scripts/browser-project.ts'
import { canFindBrowser } from './scripts/find-browser.ts'
import { EVERY_PART, indexedDbProject } from './scripts/indexeddb-project.ts'
import { TEST_LIMITS } from './scripts/test-limits.ts'

/** What runs in one thread and in memory, of the parts that lean most on the browser's own JavaScript. */
const IN_MEMORY = ['test/page/**/!(*.browser|*.isolated|*.node).test.ts', 'test/mutation.test.ts']

/**
 * What works on bytes alone: in further browsers, in a long run. Not those of a stand-in for IndexedDB, beside which a
 * browser has the real one.
 */
const ON_BYTES = 'test/storage/!(*.browser|*.isolated|vfs-crash|vfs-faults).test.ts'

/** All but what needs the quota set from outside, or WebAssembly that can be suspended, which Firefox has not. */
const IN_FIREFOX = ['test/**/!(opfs-quota|suspended).browser.test.ts', ...IN_MEMORY]

/** WebKitGTK has no files of the origin: what needs to be kept somewhere needs IndexedDB. */
const IN_WEBKIT = [...IN_MEMORY, 'test/storage/indexeddb/bridges.browser.test.ts']

/** The engine in the browsers that this machine can have, which are started by their programs. */
const furtherBrowsers = [
  { browser: 'firefox', include: IN_FIREFOX },
  { browser: 'firefox', isIsolated: true },
  { browser: 'webkit', include: IN_WEBKIT },
] as const

/** absurd-sql and sqlocal need shared memory to write what is imported; without it, there are their files alone. */
const migrations = [
  { browser: 'chromium', isIsolated: true },
  { browser: 'chromium' },
  { browser: 'firefox' },
] as const

export default defineConfig(({ mode }) => ({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
          exclude: [
            '**/node_modules/**',
            '**/*.browser.test.*',
            '**/*.isolated.test.*',
            ...(['firefox', 'webkit'] as const)
              .filter((browser) => !canFindBrowser(browser))
              .map((browser) => `**/*.${browser}.test.*`),
          ],
          ...TEST_LIMITS,
        },
      },
      indexedDbProject('mirror', EVERY_PART),
      indexedDbProject('jspi', mode === 'long' ? EVERY_PART : ['reactive']),
      browserProject({ name: 'engine', prebundled: ['fast-check', 'hash-wasm'] }),
      browserProject({ name: 'engine', prebundled: ['fast-check'], isIsolated: true }),
      ...furtherBrowsers
        .filter(({ browser }) => canFindBrowser(browser))
        .map((project) =>
          browserProject({
            name: 'engine',
            prebundled: ['fast-check', 'hash-wasm'],
            setupFiles: [join(import.meta.dirname, 'packages/engine/test/support/set-immediate.ts')],
            ...project,
            ...(mode === 'long' && 'include' in project ? { include: [...project.include, ON_BYTES] } : {}),
          }),
        ),
      ...migrations
        .filter(({ browser }) => browser === 'chromium' || canFindBrowser(browser))
        .map((project) =>
          browserProject({
            name: 'migrate',
            plugins: () => [oldLibrariesPlugin(), examplesPlugin('migrate')],
            prebundled: OLD_LIBRARIES,
            ...project,
          }),
        ),
      // Each with the plugin of its framework, which compiles what a test writes in its templates.
      'packages/{react,vue,svelte,angular}/vitest.config.ts',
      browserProject({
        name: 'examples',
        folder: 'apps/site',
        plugins: () => [examplesPlugin('engine')],
        prebundled: [],
        include: ['examples/**/*.browser.test.ts'],
      }),
    ],
  },
}))
