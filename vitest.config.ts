import { defineConfig } from 'vitest/config'
import { browserProject } from './scripts/browser-project.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.browser.test.*', '**/*.isolated.test.*'],
          retry: 0,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      browserProject({ name: 'engine', prebundled: ['fast-check', 'hash-wasm'] }),
      browserProject({ name: 'engine', prebundled: [], isIsolated: true }),
      browserProject({ name: 'engine', browser: 'firefox', prebundled: ['fast-check'] }),
      browserProject({ name: 'engine', browser: 'firefox', prebundled: [], isIsolated: true }),
      browserProject({ name: 'engine', browser: 'webkit', prebundled: ['fast-check'], include: ['test/**/*.test.ts'] }),
      // Each with the plugin of its framework, which compiles what a test writes in its templates.
      'packages/{react,vue,svelte,angular}/vitest.config.ts',
    ],
  },
})
