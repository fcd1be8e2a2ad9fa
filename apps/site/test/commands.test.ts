import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'

const ROOT = join(import.meta.dirname, '../../..')
const PAGES = ['*.md', 'docs/**/*.md', 'packages/*/README.md']
const SHELL = /^ *```sh\n(.*?)^ *```$/gms

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const commandsOf = (page: string): string[] =>
  [...read(page).matchAll(SHELL)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())

const tutorials = globSync('docs/tutorials/*.md', { cwd: ROOT }).flatMap(commandsOf)
const others = globSync(PAGES, { cwd: ROOT, exclude: ['docs/api/**', 'docs/tutorials/**'] }).flatMap(
  commandsOf,
)
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }

describe('the commands in the documentation', () => {
  test('are run, or it is said why not', () => {
    expect([...new Set(others)].toSorted()).toEqual(Object.keys(COMMANDS).toSorted())
  })

  test.each(Object.keys(COMMANDS).filter((command) => command.includes('pnpm@')))(
    '%s: is there',
    (command) => {
      const [name = '', ...parameters] = command.replace(/^.*pnpm@\S+ /, '').split(' ')
      if (name !== 'exec') expect(scripts).toHaveProperty([name])
      for (const path of parameters.filter((word) => word.startsWith('packages/'))) {
        expect(existsSync(join(ROOT, path)) || globSync(`${path}*`, { cwd: ROOT }).length > 0, path).toBe(
          true,
        )
      }
      // The continuous integration runs what its own command names, and nothing else.
      if (COMMANDS[command]?.by === 'integration' && name !== 'exec' && name !== 'test') {
        expect(scripts['test']).toContain(`pnpm run ${name}`)
      }
    },
  )

  test.each(Object.entries(COMMANDS).filter(([, { by }]) => by === 'tutorials'))(
    '%s: is in a tutorial',
    (command) => {
      expect(tutorials.some((line) => line.includes(command))).toBe(true)
    },
  )
})
