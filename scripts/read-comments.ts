import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMENTS_NOT_RUN } from './comments-not-run.ts'
import { importsOf } from './imports-of.ts'
import type { Example, ExampleUse } from './read-examples.ts'

const ROOT = join(import.meta.dirname, '..')
const COMMENT = /\/\*\*.*?\*\//gs
/** Up to the next tag. Decorators have a capital letter. */
const EXAMPLE = /^@example\b[^\S\n]*(.*?)(?=^@[a-z]|$(?![\s\S]))/gms
const STAR = /^[^\S\n]*(?:\/\*\*|\*\/|\*(?!\/))? ?(?:\*\/)?/gm
const FENCE = /^```.*$/gm
const JSX = /<\/|\/>/

/** An example in the TSDoc of a package, as a file that can be compiled. */
export interface CommentExample extends Example {
  /** Leads back to source and line. */
  readonly file: string
}

/**
 * All examples in the TSDoc of the packages. There is none of what a package keeps to itself: such a name is not
 * imported, and the example does not compile.
 */
export function readComments(): readonly CommentExample[] {
  return globSync('packages/*/src/**/*.{ts,tsx}', { cwd: ROOT })
    .map((source) => source.replaceAll('\\', '/'))
    .toSorted()
    .flatMap(readSource)
}

function readSource(source: string): CommentExample[] {
  const text = readFileSync(join(ROOT, source), 'utf8')
  const name = source.split('/')[1] ?? ''
  return [...text.matchAll(COMMENT)].flatMap((comment) => {
    const plain = comment[0].replace(STAR, '')
    return [...plain.matchAll(EXAMPLE)].map(({ 0: whole, 1: code = '', index }) => {
      const before =
        text.slice(0, comment.index) + plain.slice(0, index) + whole.slice(0, whole.indexOf(code.trim()))
      const line = before.split('\n').length
      const place = `${source.replaceAll('/', '-')}-line-${line}`
      const file = toFile(name, place, code.replace(FENCE, '').trim())
      return { page: source, line, heading: '', use: useOf(source, code), ...file }
    })
  })
}

function useOf(source: string, code: string): ExampleUse {
  const found = COMMENTS_NOT_RUN.find(({ page, has }) => page === source && code.includes(has))
  return found === undefined ? { kind: 'run' } : { kind: 'compiled', reason: found.reason }
}

// What is added stands on the first line and behind the last one, so that the lines that a compiler names are true.
function toFile(
  name: string,
  place: string,
  code: string,
): Pick<CommentExample, 'file' | 'language' | 'code'> {
  const imports = importsOf(name, code)
  const asFile = (language: Example['language'], whole: string) => ({
    file: `${place}.${language}`,
    language,
    code: whole,
  })
  if (name === 'svelte' && code.startsWith('<script')) {
    return asFile('svelte', code.replace('</script>', `${imports}</script>`))
  }
  if (name === 'svelte') return asFile('svelte', `<script lang="ts">${code}\n${imports}</script>\n`)
  if (name === 'vue') return asFile('vue', `<script setup lang="ts">${code}\n${imports}</script>\n`)
  return asFile(JSX.test(code) ? 'tsx' : 'ts', `${wrap(code)}\n${imports}export {}\n`)
}

function wrap(code: string): string {
  if (/^(?:private|protected|readonly) /m.test(code)) return `export class Example { ${code}\n}`
  if (/^(?:if \(.*\) )?return /m.test(code)) return `export function Example() { ${code}\n}`
  return code
}
