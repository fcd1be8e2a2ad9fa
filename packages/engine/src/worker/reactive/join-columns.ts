/** `all` where a text joins by columns that it does not name. */
export type JoinColumns = ReadonlySet<string> | 'all'

const IDENTIFIER = String.raw`(?:[\w$\u0080-\uffff]+|"(?:[^"]|"")*"|'(?:[^']|'')*'|${'`(?:[^`]|``)*`'}|\[[^\]]*\])`
const USING = new RegExp(
  String.raw`\busing\b(?:\s*\(\s*(${IDENTIFIER}(?:\s*,\s*${IDENTIFIER})*)\s*\))?`,
  'gi',
)

/**
 * The columns, in lower case, by which the joins of a text compare tables through USING or NATURAL:
 * SQLite does not ask its authorizer about them. The text is not parsed, so that there may be more
 * of them than there are joins.
 */
export function joinColumns(sql: string): JoinColumns {
  if (/\bnatural\b/i.test(sql)) return 'all'
  const columns = new Set<string>()
  for (const [, list] of sql.matchAll(USING)) {
    // Something stands in between that may be a comment.
    if (list === undefined) return 'all'
    for (const [name] of list.matchAll(new RegExp(IDENTIFIER, 'g'))) columns.add(unquote(name).toLowerCase())
  }
  return columns
}

export function mergeJoinColumns(a: JoinColumns, b: JoinColumns): JoinColumns {
  return a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b])
}

function unquote(name: string): string {
  const [first] = name
  if (first === '[') return name.slice(1, -1)
  if (first !== '"' && first !== "'" && first !== '`') return name
  return name.slice(1, -1).replaceAll(first + first, first)
}
