import { transformWithOxc, type Plugin } from 'vite'
import { frameworkOf } from '../../../scripts/framework-of.ts'
import { readComments } from '../../../scripts/read-comments.ts'
import { readExamples } from '../../../scripts/read-examples.ts'
import { GIVEN_NAMES, isFromDatabase, type GivenName } from './given-names.ts'
import { runnableCode } from './runnable-code.ts'

const MODULE = 'virtual:examples'

/**
 * The examples of a package that are run, of the documentation and of its TSDoc, as functions, in the module
 * `virtual:examples`.
 */
export function examplesPlugin(name: 'engine' | 'migrate'): Plugin {
  return {
    name: 'examples',
    resolveId: (source) => (source === MODULE ? `\0${MODULE}` : null),
    async load(id) {
      if (id !== `\0${MODULE}`) return null
      const functions = [...readExamples(), ...readComments()]
        .filter((example) => example.use.kind === 'run' && (frameworkOf(example) ?? 'engine') === name)
        .map(({ page, line, code }) => {
          const { body, given } = runnableCode(code, GIVEN_NAMES)
          return `{
            page: '${page}',
            line: ${line},
            given: ${JSON.stringify(given)},
            databases: ${JSON.stringify(databasesOf(code, given))},
            run: async ({ ${given.join(', ')} }, shown) => {
              ${body}
            },
          }`
        })
      return (await transformWithOxc(`export const examples = [${functions.join(',')}]`, 'examples.ts')).code
    },
  }
}

/** The names of the databases that an example makes, attaches, or is given. */
function databasesOf(code: string, given: readonly GivenName[]): string[] {
  const names = [...code.matchAll(/(?:createDatabase|attach)\(['"`](\w[^'"`$]*)['"`]/g)].map(
    ([, name = '']) => name,
  )
  // What is attached can be deleted after what it is attached to.
  return [...new Set([...(given.some(isFromDatabase) ? ['shop'] : []), ...names])]
}
