import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  platform: 'neutral',
  target: ['chrome114', 'firefox115', 'safari17'],
  dts: true,
  // Peers stay imports: a second copy of React or of the engine would not see the app's own.
  deps: { neverBundle: [/^react($|\/)/, /^@datasync\/engine($|\/)/], onlyBundle: [] },
  // checkDirective does better: it looks whether it was preserved.
  suppressWarnings: 'module level directive',
  hooks: { 'build:done': (context) => checkDirective(context.options.outDir) },
})

/** Without it, a framework with server components would run these hooks on the server. */
async function checkDirective(folder: string): Promise<void> {
  const source = await readFile(join(folder, 'index.js'), 'utf8')
  if (!/^["']use client["'];?\n/.test(source)) {
    throw new Error("dist/index.js does not begin with 'use client'. Is it the first line of src/index.ts?")
  }
}
