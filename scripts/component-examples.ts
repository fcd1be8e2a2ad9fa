import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
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
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      for (const example of [...readExamples(), ...readComments()]) {
        if (example.use.kind !== 'run' || frameworkOf(example) !== framework) continue
        const { language, code } = toComponent(framework, example)
        const name = `${example.page.replaceAll('/', '-')}-line-${example.line}.${language}`
        writeFileSync(join(folder, name), code)
      }
    },
  }
}
