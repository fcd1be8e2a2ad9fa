import type { SqlRow, SqlValue } from '../../../src/values.ts'

/** What a value is, apart from every other value. */
export function identify(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) return `blob:${value.join()}`
  return Object.is(value, -0) ? 'number:-0' : `${typeof value}:${String(value)}`
}

export function contentOf(row: SqlRow): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${identify(value)}`)
    .join(' | ')
}

/** The rows without their order, which no statement here determines. */
export function bagOf(rows: readonly SqlRow[]): string {
  return rows.map(contentOf).toSorted().join('\n')
}

/** Rows of `fresh` that were sent though the page had as many of them as it has to show. */
export function sentAgain(
  old: readonly SqlRow[],
  next: readonly SqlRow[],
  fresh: readonly SqlRow[],
): readonly string[] {
  const count = (rows: readonly SqlRow[], content: string): number =>
    rows.filter((row) => contentOf(row) === content).length
  return [...new Set(fresh.map(contentOf))].filter(
    (content) => count(fresh, content) > Math.max(0, count(next, content) - count(old, content)),
  )
}
