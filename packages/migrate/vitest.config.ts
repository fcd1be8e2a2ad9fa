import type { Plugin } from 'vite'
import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

/** absurd-sql and sqlocal need shared memory to write what is imported here. */
export default defineProject(
  browserProject({
    name: 'migrate',
    isIsolated: true,
    plugins: () => [oldLibraries()],
    prebundled: [
      '@jlongster/sql.js',
      'absurd-sql',
      'absurd-sql/dist/indexeddb-backend',
      'absurd-sql/dist/indexeddb-main-thread',
      'localforage',
      'sql.js',
      'sqlocal > coincident',
    ],
  }),
)

function oldLibraries(): Plugin {
  return {
    name: 'old-libraries',
    config: () => ({
      // absurd-sql asks for it, and there is no `process` in a browser.
      define: { 'process.env.PERF_BUILD': 'false' },
      optimizeDeps: { exclude: ['sqlocal'] },
      worker: { format: 'es' },
    }),
  }
}
