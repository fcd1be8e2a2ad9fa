import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FRAMEWORKS, frameworkOf, type FrameworkName } from './framework-of.ts'
import { readComments } from './read-comments.ts'
import { readExamples, type Example } from './read-examples.ts'

// Compiles the examples in the documentation and in the TSDoc against the packages as they were built. They stand where
// everything that an app of a reader would have installed can be found: in the package of the framework
// that their page is about, or else the heading above them, or of React where that is about none. Those in the
// TSDoc stand in the package that they are of, those of the engine in that of React.
const ROOT = join(import.meta.dirname, '..')
const FOLDER = 'checked-examples'

/** How each framework compiles a folder. */
const COMPILERS = {
  react: ['tsc', '-p', FOLDER],
  vue: ['vue-tsc', '-p', FOLDER],
  svelte: ['svelte-check', '--tsconfig', `${FOLDER}/tsconfig.json`, '--fail-on-warnings'],
  angular: ['ngc', '-p', FOLDER],
  migrate: ['tsc', '-p', FOLDER],
} as const satisfies Record<FrameworkName, readonly string[]>

const examples = readExamples()
const comments = readComments()
const failed = FRAMEWORKS.filter((framework) => !compiles(framework))
if (failed.length === 0) {
  console.log(`${examples.length} examples in the documentation and ${comments.length} in TSDoc compile.`)
} else process.exitCode = 1

function compiles(framework: FrameworkName): boolean {
  const folder = join(ROOT, 'packages', framework, FOLDER)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  try {
    for (const example of examples) {
      if (compiledBy(example) !== framework) continue
      const path = join(folder, fileOf(example))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, example.language.startsWith('ts') ? `${example.code}export {}\n` : example.code)
    }
    for (const comment of comments) {
      if (compiledBy(comment) === framework) writeFileSync(join(folder, comment.file), comment.code)
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

function compiledBy(example: Example): FrameworkName {
  return frameworkOf(example) ?? 'react'
}

/**
 * Named after the page and the line, so that the compiler's message leads there. The files of a tutorial import each
 * other, and have the names that it gives them.
 */
function fileOf({ page, line, language, use }: Example): string {
  const name = page.replaceAll('/', '-')
  return use.kind === 'file' ? join(name, use.path) : `${name}-line-${line}.${language}`
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
