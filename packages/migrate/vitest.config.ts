import type { Plugin } from 'vite'
import { defineProject } from 'vitest/config'
import { examplesPlugin } from '../../apps/site/examples/examples-plugin.ts'
import { browserProject, ISOLATION } from '../../scripts/browser-project.ts'

/** A page of its own, which a test can kill: it runs the module that its opener names. */
const FRAME = '<!doctype html><script type="module">import(JSON.parse(window.name).module)</script>'

/** absurd-sql and sqlocal need shared memory to write what is imported here. */
export default defineProject(
  browserProject({
    name: 'migrate',
    isIsolated: true,
    plugins: () => [oldLibraries(), examplesPlugin('migrate')],
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
    configureServer: ({ middlewares }) => {
      middlewares.use('/frame', (_, response) => {
        response.setHeader('Content-Type', 'text/html')
        for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value)
        response.end(FRAME)
      })
    },
  }
}
