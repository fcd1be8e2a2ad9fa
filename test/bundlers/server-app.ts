import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EXAMPLES_FOLDER, freshProject } from './fresh-project.ts'
import { ROOT } from './run-program.ts'
import { filesIn, type ShownFile } from './shown-files.ts'

/** An example that becomes an app whose server has rows of its own. */
export interface ServerApp {
  readonly name: string
  /** The heading in the guide to server rendering, below which its files stand. */
  readonly heading: string
  /** Where its modules are. */
  readonly sources: string
  /** A file of the example that it has no use for. */
  readonly without?: string
  /** Where its build puts what browsers load. */
  readonly output: string
  readonly serve: 'preview' | 'start'
  /** Has a script that checks them; else they are checked as it is built, or not at all. */
  readonly hasTypes?: true
}

export const SERVER_APPS: readonly ServerApp[] = [
  {
    name: 'next',
    heading: 'React and Next',
    sources: 'app',
    without: 'app/app.tsx',
    output: '.next/static',
    serve: 'start',
  },
  {
    name: 'nuxt',
    heading: 'Vue and Nuxt',
    sources: 'app',
    output: '.output/public',
    serve: 'preview',
  },
  {
    name: 'sveltekit',
    heading: 'Svelte and SvelteKit',
    sources: 'src',
    output: 'build/client',
    serve: 'preview',
    hasTypes: true,
  },
  {
    name: 'angular',
    heading: 'Angular',
    sources: 'src/app',
    without: 'src/app.ts',
    output: 'dist/browser',
    serve: 'start',
  },
]

const GUIDE = readFileSync(join(ROOT, 'docs/guide/server-rendering.md'), 'utf8')
const LAID_OVER = join(import.meta.dirname, 'server-rows')

/**
 * The app in a new folder: the example, over it what the guide takes as given (`server-rows/`), and over that the files
 * of the guide, word for word.
 */
export async function freshServerApp(app: ServerApp): Promise<string> {
  const { name, sources, without } = app
  return freshProject(name, EXAMPLES_FOLDER, (folder) => {
    if (without !== undefined) rmSync(join(folder, without))
    cpSync(join(LAID_OVER, 'every-app'), join(folder, sources), { recursive: true })
    cpSync(join(LAID_OVER, name), folder, { recursive: true })
    for (const { file, text } of shownSources()) writeFileSync(join(folder, sources, file), text)
    for (const { file, text } of shownFilesOf(app)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
  })
}

/** What the guide shows for all of them, in the folder of their modules. */
export function shownSources(): readonly ShownFile[] {
  return filesBelow('## Rows of a server')
}

export function shownFilesOf({ heading }: ServerApp): readonly ShownFile[] {
  return filesBelow(`### ${heading}`)
}

/** Up to the next heading. */
function filesBelow(heading: string): readonly ShownFile[] {
  const [, below = ''] = GUIDE.split(`\n${heading}\n`)
  const files = filesIn(below.split(/^##/m)[0] ?? '')
  if (files.length === 0) throw new Error(`The guide shows no file below "${heading}".`)
  return files
}
