import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Compiles the examples in the documentation against the packages as they were built. They stand where
// everything that an app of a reader would have installed can be found: in the package of the framework
// that their page is about, or else the heading above them, or of React where that is about none.
const ROOT = join(import.meta.dirname, '..')
const FOLDER = 'checked-examples'
const PAGES = ['README.md', 'docs/**/*.md', 'packages/*/README.md']
const HEADING = /^##+ .*$/gm
const EXAMPLE = /^```(tsx?|vue|svelte)\n(.*?)^```$/gms

/** How each framework compiles a folder. */
const COMPILERS = {
  react: ['tsc', '-p', FOLDER],
  vue: ['vue-tsc', '-p', FOLDER],
  svelte: ['svelte-check', '--tsconfig', `${FOLDER}/tsconfig.json`, '--fail-on-warnings'],
  angular: ['ngc', '-p', FOLDER],
  // Not a framework, but its pages import it.
  migrate: ['tsc', '-p', FOLDER],
} as const

type FrameworkName = keyof typeof COMPILERS
const FRAMEWORKS = Object.keys(COMPILERS) as readonly FrameworkName[]

interface Example {
  readonly framework: FrameworkName
  readonly file: string
  readonly code: string
}

const examples = globSync(PAGES, { cwd: ROOT, exclude: ['docs/api/**'] }).flatMap(readExamples)
const failed = FRAMEWORKS.filter((framework) => !compiles(framework))
if (failed.length === 0) console.log(`${examples.length} examples compile.`)
else process.exitCode = 1

/** A file each, named after the page and the line, so that the compiler's message leads there. */
function readExamples(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(EXAMPLE)].map(({ 1: language = '', 2: code = '', index }) => {
    const heading = text.slice(0, index).match(HEADING)?.at(-1) ?? ''
    const ofHeading = code.includes('@datasync/migrate') ? 'migrate' : frameworkIn(heading.toLowerCase())
    const framework = frameworkIn(page) ?? ofHeading ?? 'react'
    const line = text.slice(0, index).split('\n').length + 1
    const file = `${page.replaceAll(/[\\/]/g, '-')}-line-${line}.${language}`
    return { framework, file, code: language.startsWith('ts') ? `${code}export {}\n` : code }
  })
}

function frameworkIn(text: string): FrameworkName | undefined {
  return FRAMEWORKS.find((name) => text.includes(name))
}

function compiles(framework: FrameworkName): boolean {
  const folder = join(ROOT, 'packages', framework, FOLDER)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  try {
    for (const example of examples) {
      if (example.framework === framework) writeFileSync(join(folder, example.file), example.code)
    }
    for (const given of ['common', framework]) {
      const path = join(ROOT, 'docs/examples', `${given}.d.ts`)
      if (existsSync(path)) writeFileSync(join(folder, `${given}.d.ts`), readFileSync(path))
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings()))
    const [program, ...parameters] = COMPILERS[framework]
    const { status } = spawnSync('pnpm', ['exec', program, ...parameters], {
      cwd: join(ROOT, 'packages', framework),
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    return status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function settings(): object {
  return {
    extends: '../../../tsconfig.base.json',
    compilerOptions: {
      declaration: false,
      isolatedDeclarations: false,
      experimentalDecorators: true,
      jsx: 'react-jsx',
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    angularCompilerOptions: { strictTemplates: true },
    include: ['.'],
  }
}
