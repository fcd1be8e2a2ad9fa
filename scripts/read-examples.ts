import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const PAGES = ['README.md', 'docs/**/*.md', 'packages/*/README.md']
const HEADING = /^##+ .*$/gm
/** Those with the name of a file in brackets are of apps that `test:bundlers` builds and uses. */
const EXAMPLE = /^```(tsx?|vue|svelte)(?: +(?!\[)([^\n]*))?\n(.*?)^```$/gms

/** What becomes of an example beside being compiled, as its fence says. */
export type ExampleUse =
  /** Run in a browser, against a real database: what it shows by `// →` is compared. */
  | { readonly kind: 'run' }
  /** Not run, for this reason. */
  | { readonly kind: 'compiled'; readonly reason: string }
  /** A file of a tutorial, which `test:tutorials` writes, builds and uses. */
  | { readonly kind: 'file'; readonly path: string }

/** A block of code in the documentation, and where it stands. */
export interface Example {
  readonly page: string
  readonly line: number
  /** The one above it. */
  readonly heading: string
  readonly language: 'ts' | 'tsx' | 'vue' | 'svelte'
  readonly use: ExampleUse
  readonly code: string
}

/** All examples of the documentation. One whose fence does not say what becomes of it is refused. */
export function readExamples(): readonly Example[] {
  return globSync(PAGES, { cwd: ROOT, exclude: ['docs/api/**'] })
    .map((page) => page.replaceAll('\\', '/'))
    .toSorted()
    .flatMap(readPage)
}

function readPage(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(EXAMPLE)].map(({ 1: language, 2: meta = '', 3: code = '', index }) => {
    const line = text.slice(0, index).split('\n').length + 1
    return {
      page,
      line,
      heading: text.slice(0, index).match(HEADING)?.at(-1) ?? '',
      language: language as Example['language'],
      use: readUse(meta.trim(), `${page}:${line}`),
      code,
    }
  })
}

function readUse(meta: string, place: string): ExampleUse {
  if (meta === 'run') return { kind: 'run' }
  const reason = /^compiled="([^"]+)"$/.exec(meta)?.[1]
  if (reason !== undefined) return { kind: 'compiled', reason }
  const path = /^file=(\S+)$/.exec(meta)?.[1]
  if (path !== undefined) return { kind: 'file', path }
  throw new Error(`${place} is not run: say \`run\` after the language, or why not by \`compiled="…"\`.`)
}
