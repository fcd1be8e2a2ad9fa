import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { frameworkOf } from './framework-of.ts'
import { readComments } from './read-comments.ts'
import { readExamples } from './read-examples.ts'
import { toComponent, type ComponentFramework } from './to-component.ts'

/**
 * Writes the examples of a framework that are run as modules into the folder `run-examples` of its package, before
 * the server starts: there, what compiles the components of the tests compiles them too.
 */
export function componentExamples(framework: ComponentFramework): Plugin {
  return {
    name: 'component-examples',
    enforce: 'pre',
    config: () => {
      const folder = join(import.meta.dirname, '../packages', framework, 'run-examples')
      mkdirSync(folder, { recursive: true })
      const files = filesOf(framework)
      for (const name of readdirSync(folder)) {
        if (!files.has(name)) rmSync(join(folder, name), { force: true })
      }
      // Runs at the same time share them, so that what is there already is left alone.
      for (const [name, code] of files) {
        const path = join(folder, name)
        if (!existsSync(path) || readFileSync(path, 'utf8') !== code) writeFileSync(path, code)
      }
    },
  }
}

function filesOf(framework: ComponentFramework): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const example of [...readExamples(), ...readComments()]) {
    if (example.use.kind !== 'run' || frameworkOf(example) !== framework) continue
    const { language, code } = toComponent(framework, example)
    files.set(`${example.page.replaceAll('/', '-')}-line-${example.line}.${language}`, code)
  }
  return files
}
