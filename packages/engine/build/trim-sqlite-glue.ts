import type { Rolldown } from 'tsdown'

/** What the whole API of the official module is set up by, which this engine does without: it calls the exports. */
const API = 'Module.runSQLite3PostLoadInit ='

/** As much of its result as the engine uses. */
const NO_API =
  'Module.runSQLite3PostLoadInit = async () => ({ wasm: { exports: wasmExports, memory: wasmMemory } });'

/** The exports once more, as properties of the module. */
const EXPORT = 'Module["_'

/**
 * Bundlers follow every `new URL(..., import.meta.url)` that they find, so that only the one to the
 * wasm file may be left. The others find the folder of the script, and debug switches in the URL of
 * the page.
 */
const REPLACED_URLS: Readonly<Record<string, string>> = {
  'new URL("sqlite3.wasm", import.meta.url)': 'new URL("./sqlite3.wasm", import.meta.url)',
  'new URL(".", _scriptName).href': '""',
  'globalThis?.location?.href ? new URL(globalThis.location.href).searchParams : new URLSearchParams()':
    'new URLSearchParams()',
}

/**
 * Leaves out of the official SQLite module what does not belong into a self-contained worker. Fails
 * the build if it finds the module laid out differently, as after an update.
 */
export function trimSqliteGlue(): Rolldown.Plugin {
  return {
    name: 'trim-sqlite-glue',
    transform: {
      filter: { id: /sqlite-wasm[/\\]dist[/\\]index\.mjs$/ },
      handler(code) {
        const program = this.parse(code) as unknown as Node
        return trim(code, program)
      },
    },
  }
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function trim(code: string, program: Node): string {
  const source = (node: Node) => code.slice(node.start, node.end)
  return applyEdits(code, [
    ...apiEdits(program, source),
    ...promiserEdits(program, source),
    ...urlEdits(code),
  ])
}

function apiEdits(program: Node, source: (node: Node) => string): Edit[] {
  const statements = statementsWithin(program)
  const [api, ...others] = statements.filter((node) => source(node).startsWith(API))
  if (api === undefined || others.length > 0) throw new Error('the SQLite module sets up its API elsewhere')
  const exported = statements.filter((node) => source(node).startsWith(EXPORT))
  return [
    { start: api.start, end: api.end, text: NO_API },
    ...exported.map(({ start, end }) => ({ start, end, text: '' })),
  ]
}

/** The second half of the module talks to a worker of its own. Nothing but its export refers to it. */
function promiserEdits(program: Node, source: (node: Node) => string): Edit[] {
  const statements = children(program).filter((node) => source(node).includes('orker1Promiser'))
  const edits = statements
    .filter((node) => !source(node).includes('async function sqlite3InitModule'))
    .map((node) => ({
      start: node.start,
      end: node.end,
      text: node.type === 'ExportNamedDeclaration' ? 'export { sqlite3InitModule as default };' : '',
    }))
  if (!edits.some((edit) => edit.text !== '')) throw new Error('the SQLite module exports no promiser')
  return edits
}

function urlEdits(code: string): Edit[] {
  return Object.entries(REPLACED_URLS).map(([before, text]) => {
    const start = code.indexOf(before)
    if (start === -1) throw new Error(`the SQLite module does not contain ${before}`)
    return { start, end: start + before.length, text }
  })
}

function applyEdits(code: string, edits: readonly Edit[]): string {
  let result = ''
  let end = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < end) throw new Error('two parts that are to be left out of the SQLite module overlap')
    result += code.slice(end, edit.start) + edit.text
    end = edit.end
  }
  return result + code.slice(end)
}

function statementsWithin(node: Node): Node[] {
  const found = node.type === 'ExpressionStatement' ? [node] : []
  return children(node).reduce((all, child) => all.concat(statementsWithin(child)), found)
}

function children(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
