import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What every bundler recognises as a worker, if it is written exactly so: no variable, no helper, no name. */
const WORKER_EXPRESSION =
  /new Worker\(new URL\((["'])\.\/worker\.js\1, import\.meta\.url\), \{ type: (["'])module\2 \}\)/g

/** What the remedy of an error tells the reader to write. */
const WORKER_IN_REMEDY = 'new Worker(...)'

/** As bundlers recognise a file that belongs to the page. */
const WASM_EXPRESSION = /new URL\((["'])\.\/sqlite3\.wasm\1, import\.meta\.url\)/g

/** Either quotes, or the template literal that minifiers make of them. */
const WASM_URL = /new URL\(["'`](?:\.\/)?sqlite3\.wasm["'`],\s*import\.meta\.url\)/

/** The worker starts a second one of its own script, which bundlers need not know of. */
const OWN_WORKER = /new Worker\(self\.location\.href,/g

/** What a file imports, other than its neighbours. */
const FOREIGN_IMPORT = /^(?:import|export)\b[^;]*?\bfrom\s*["']([^."'][^"']*)["']/gm

/** The one package that comes along with this one. */
const DEPENDENCY = '@sqlite.org/sqlite-wasm'

/** Fails the build if the page side would not make bundlers bring the worker and SQLite along, and nothing else. */
export async function checkPage(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js') && file !== 'worker.js')
  let workers = 0
  let wasmFiles = 0
  for (const file of files) {
    const source = withoutComments(await readFile(join(folder, file), 'utf8'))
    workers += source.match(WORKER_EXPRESSION)?.length ?? 0
    wasmFiles += source.match(WASM_EXPRESSION)?.length ?? 0
    for (const [, name] of source.matchAll(FOREIGN_IMPORT)) {
      if (name !== DEPENDENCY) throw new Error(`dist/${file} imports ${name}, which users do not have`)
    }
    const rest = source.replace(WORKER_EXPRESSION, '').replace(WASM_EXPRESSION, '')
    expectNone(rest, `dist/${file}`, ['import.meta'])
  }
  if (workers !== 1) throw new Error(`the page side starts a worker in ${workers} places, not in one`)
  if (wasmFiles !== 1) throw new Error(`the page side refers to SQLite in ${wasmFiles} places, not in one`)
}

/** Fails the build if the worker is not one self-contained module beside its wasm file. */
export async function checkWorker(folder: string): Promise<void> {
  const source = await readFile(join(folder, 'worker.js'), 'utf8')
  if (!WASM_URL.test(source)) throw new Error('dist/worker.js does not refer to ./sqlite3.wasm')
  if (!source.trimEnd().endsWith('export{};'))
    throw new Error('dist/worker.js does not end with an empty export')
  const rest = source.replace(WASM_URL, '').replaceAll(WORKER_IN_REMEDY, '').replaceAll(OWN_WORKER, '')
  expectNone(rest, 'dist/worker.js', [
    'new URL(',
    'new Worker(',
    'new SharedWorker(',
    'importScripts(',
    'import(',
    'from"',
    "from'",
  ])
  const files = await readdir(folder)
  if (!files.includes('sqlite3.wasm')) throw new Error('dist/sqlite3.wasm is missing')
}

/** Examples in documentation may start workers as they like. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '')
}

function expectNone(source: string, file: string, forbidden: readonly string[]): void {
  for (const text of forbidden) {
    const at = source.indexOf(text)
    if (at === -1) continue
    throw new Error(`${file} must not contain ${text} but does: ${source.slice(at, at + 100)}`)
  }
}
