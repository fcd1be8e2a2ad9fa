import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { MUTATIONS } from './packages/engine/test/mutations/mutations.ts'

const mutation = MUTATIONS[Number(process.env['MUTATION'])]

/** The tests of live queries, with one rule of the engine broken as its source is loaded; none without a number. */
export default defineConfig({
  plugins: [
    {
      name: 'break-rule',
      enforce: 'pre',
      transform(source, id) {
        if (mutation === undefined) return undefined
        const { file, code, broken } = mutation
        if (id !== join(import.meta.dirname, 'packages/engine/src', file)) return undefined
        if (source.split(code).length !== 2) throw new Error(`${file} does not have once: ${code}`)
        return source.replace(code, () => broken)
      },
    },
  ],
  test: {
    include: ['packages/engine/test/reactive/**/*.test.ts'],
    exclude: ['**/*.browser.test.*', '**/*.node.test.*'],
    bail: 1,
    // It is kept by the content of the file, which is another than what is run.
    fsModuleCache: false,
    retry: 0,
    testTimeout: 30_000,
  },
})
