import type { Patch } from '../../../link/live-protocol.ts'

/** What stands around the rows that a patch is of. */
interface Surroundings {
  /** How many rows come before them. */
  readonly before: number
  /** The row that came after them, and how many do. */
  readonly from: number
  readonly after: number
}

/** A patch of some rows in the middle of a result as one of the whole. */
export function liftPatch(
  patch: Patch | undefined,
  { before, from, after }: Surroundings,
): Patch | undefined {
  if (patch === undefined) return undefined
  const segments: number[] = []
  const add = (start: number, count: number): void => {
    if (count === 0) return
    const last = segments.length - 2
    const lastStart = segments[last] ?? -1
    const lastCount = segments[last + 1] ?? 0
    if (lastStart >= 0 && lastStart + lastCount === start) segments[last + 1] = lastCount + count
    else segments.push(start, count)
  }
  add(0, before)
  for (let i = 0; i < patch.segments.length; i += 2) {
    const start = patch.segments[i] ?? 0
    add(start < 0 ? start : start + before, patch.segments[i + 1] ?? 0)
  }
  add(from, after)
  return { segments, fresh: patch.fresh }
}
