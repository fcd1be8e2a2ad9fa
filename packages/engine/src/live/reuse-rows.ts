import type { SqlRow, SqlValue } from '../values.ts'
import { queryKey } from '../link/query-key.ts'

/**
 * `next`, with rows equal to ones of `previous` replaced by those, and `previous` itself if nothing
 * differs. For the first result of an engine that took over from another: it knows no earlier one,
 * so it could send no patch.
 */
export function reuseRows(previous: readonly SqlRow[], next: readonly SqlRow[]): readonly SqlRow[] {
  const known = new Map<string, SqlRow[]>()
  for (const row of previous) {
    const key = contentKey(row)
    const rows = known.get(key)
    if (rows === undefined) known.set(key, [row])
    else rows.push(row)
  }
  const reused = next.map((row) => known.get(contentKey(row))?.shift() ?? row)
  const isEqual = previous.length === reused.length && reused.every((row, index) => row === previous[index])
  return isEqual ? previous : Object.freeze(reused)
}

function contentKey(row: SqlRow): string {
  return queryKey({ sql: Object.keys(row).join('\n'), parameters: Object.values<SqlValue>(row) })
}
