import type { SqlRow, SqlValue } from '../../../src/values.ts'

/** Rows in a form that is quick to compare. */
export interface RowContents {
  readonly each: readonly string[]
  readonly inOrder: string
  readonly inAnyOrder: string
}

export const FAILED: RowContents = { each: [], inOrder: 'fails', inAnyOrder: 'fails' }

const known = new WeakMap<readonly SqlRow[], RowContents>()
const knownRows = new WeakMap<SqlRow, string>()

/** What is in rows that do not change any more. */
export function contentsOf(rows: readonly SqlRow[]): RowContents {
  let contents = known.get(rows)
  if (contents === undefined) {
    const each = rows.map(contentOf)
    contents = { each, inOrder: each.join('\n'), inAnyOrder: each.toSorted().join('\n') }
    known.set(rows, contents)
  }
  return contents
}

/** Rows of `fresh` that were sent though the page had as many of them as it has to show. */
export function sentAgain(
  old: readonly SqlRow[],
  next: readonly SqlRow[],
  fresh: readonly SqlRow[],
): readonly string[] {
  const counts = new Map<string, number>()
  for (const content of contentsOf(next).each) counts.set(content, (counts.get(content) ?? 0) + 1)
  for (const content of contentsOf(old).each) counts.set(content, (counts.get(content) ?? 0) - 1)
  return contentsOf(fresh).each.filter((content) => {
    const left = counts.get(content) ?? 0
    counts.set(content, left - 1)
    return left <= 0
  })
}

function contentOf(row: SqlRow): string {
  let content = knownRows.get(row)
  if (content === undefined) {
    content = ''
    for (const name in row) content += `${name}=${identify(row[name])} | `
    knownRows.set(row, content)
  }
  return content
}

/** What a value is, apart from every other value. */
function identify(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) return `blob:${value.join()}`
  return Object.is(value, -0) ? 'number:-0' : `${typeof value}:${String(value)}`
}
