import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Compiles the examples in the documentation against the packages as they were built. They stand where
// everything that an app of a reader would have installed can be found.
const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'packages/react/checked-examples')
const PAGES = ['README.md', 'docs/**/*.md', 'packages/*/README.md']
const EXAMPLE = /^```(tsx?)\n(.*?)^```$/gms

interface Example {
  readonly file: string
  readonly code: string
}

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
try {
  const examples = globSync(PAGES, { cwd: ROOT }).flatMap(readExamples)
  for (const { file, code } of examples) writeFileSync(join(FOLDER, file), code)
  writeFileSync(join(FOLDER, 'globals.d.ts'), readFileSync(join(ROOT, 'docs/examples.d.ts')))
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(settings()))
  const { status } = spawnSync('tsc', ['-p', FOLDER], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status === 0) console.log(`${examples.length} examples compile.`)
  process.exitCode = status ?? 1
} finally {
  rmSync(FOLDER, { recursive: true, force: true })
}

/** A file each, named after the page and the line, so that the compiler's message leads there. */
function readExamples(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(EXAMPLE)].map(({ 1: language, 2: code = '', index }) => {
    const line = text.slice(0, index).split('\n').length + 1
    return { file: `${page.replaceAll(/[\\/]/g, '-')}-line-${line}.${language}`, code: `${code}export {}\n` }
  })
}

function settings(): object {
  return {
    extends: '../../../tsconfig.base.json',
    compilerOptions: {
      declaration: false,
      isolatedDeclarations: false,
      jsx: 'react-jsx',
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: ['.'],
  }
}
