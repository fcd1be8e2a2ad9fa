import type { Patch } from '../link/live-protocol.ts'
import type { SqlRow } from '../values.ts'
import { toRows } from '../link/column-block.ts'

/** The new rows of a live query: those that did not change are the very objects of `rows`. */
export function applyPatch(rows: readonly SqlRow[], { segments, fresh }: Patch): readonly SqlRow[] {
  const freshRows = toRows(fresh)
  for (const row of freshRows) Object.freeze(row)
  const next: SqlRow[] = []
  let taken = 0
  for (let i = 0; i < segments.length; i += 2) {
    const from = segments[i] ?? 0
    const count = segments[i + 1] ?? 0
    const source = from < 0 ? freshRows : rows
    const start = from < 0 ? taken : from
    if (from < 0) taken += count
    for (let r = start; r < start + count; r++) {
      const row = source[r]
      if (row !== undefined) next.push(row)
    }
  }
  return Object.freeze(next)
}
