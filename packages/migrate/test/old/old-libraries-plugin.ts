import type { Plugin } from 'vite'
import { ISOLATION } from '../../../../scripts/browser-project.ts'

/** What the old libraries import: found in the middle of a run, it would reload the page under the tests. */
export const OLD_LIBRARIES = [
  '@jlongster/sql.js',
  'absurd-sql',
  'absurd-sql/dist/indexeddb-backend',
  'absurd-sql/dist/indexeddb-main-thread',
  'localforage',
  'sql.js',
  'sqlocal > coincident',
]

/** A page of its own, which a test can kill: it runs the module that its opener names. */
const FRAME = '<!doctype html><script type="module">import(JSON.parse(window.name).module)</script>'

/** What Vite has to do for the libraries whose databases are imported. */
export function oldLibrariesPlugin(): Plugin {
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
