import { parseSync } from 'vite'

/** Where an example says what the statement before it gives: behind it, or on the line below. */
const SHOWN = /^[ \t]*\n?\/\/ → (.+)/

type Parsed = ReturnType<typeof parseSync>
type Statement = Parsed['program']['body'][number]

/** An example made into the body of an asynchronous function, and what has to be there for it. */
export interface RunnableCode<Name extends string> {
  readonly body: string
  /** Names that the example uses and does not declare. */
  readonly given: readonly Name[]
}

/** A piece of the code, and what stands in its place. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Imports become dynamic ones, exports are dropped, and `// → value` after a statement becomes a comparison of what
 * the statement declares, or of what it gives. A database that the example makes is opened at the end.
 */
export function runnableCode<Name extends string>(
  code: string,
  givable: readonly Name[],
): RunnableCode<Name> {
  const { program, errors } = parseSync('example.ts', code, { sourceType: 'module' })
  if (errors[0] !== undefined) throw new Error(`${errors[0].message} in:\n${code}`)
  const declared = new Set<string>()
  const imports = program.body.flatMap((statement) => importOf(statement, declared))
  const edits = program.body.flatMap((statement) => editsOf(statement, code, declared))
  const shown = code.split('\n').filter((line) => line.includes('// →')).length
  const compared = edits.filter(
    ({ text }) => text.startsWith('\nshown(') || text.includes('shown(await'),
  ).length
  if (shown !== compared) throw new Error(`Only after a whole statement can be said what it gives:\n${code}`)
  const body = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), code)
  return {
    body: [...imports, body, ...(declared.has('db') ? ['await db.ready'] : [])].join('\n'),
    given: givable.filter((name) => !declared.has(name) && new RegExp(`\\b${name}\\b`).test(code)),
  }
}

/** They go first, as those of a module do wherever they stand. */
function importOf(statement: Statement, declared: Set<string>): string[] {
  if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') return []
  const names = statement.specifiers.map((specifier) => specifier.local.name)
  for (const name of names) declared.add(name)
  return [`const { ${names.join(', ')} } = await import(${JSON.stringify(statement.source.value)})`]
}

function editsOf(statement: Statement, code: string, declared: Set<string>): Edit[] {
  if (
    statement.type === 'ImportDeclaration' ||
    (statement.type === 'ExportNamedDeclaration' && statement.declaration === null)
  ) {
    return [{ start: statement.start, end: statement.end, text: '' }]
  }
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration !== null) {
    const { declaration } = statement
    const dropped = { start: statement.start, end: declaration.start, text: '' }
    return [dropped, ...editsOf(declaration, code, declared)]
  }
  const value = SHOWN.exec(code.slice(statement.end))?.[1]
  if (statement.type === 'VariableDeclaration') {
    const targets = statement.declarations.map(({ id }) =>
      code.slice(id.start, id.typeAnnotation?.start ?? id.end),
    )
    for (const target of targets) for (const [name] of target.matchAll(/\w+/g)) declared.add(name)
    if (value === undefined) return []
    return [{ start: statement.end, end: statement.end, text: `\nshown(${targets[0]}, ${value})` }]
  }
  if (statement.type !== 'ExpressionStatement' || value === undefined) return []
  const expression = code.slice(statement.expression.start, statement.expression.end)
  return [{ start: statement.start, end: statement.end, text: `shown(await (${expression}), ${value})` }]
}
