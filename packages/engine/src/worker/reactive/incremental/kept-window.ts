import type { SqlParameters } from '../../../values.ts'
import { valueOf } from '../predicates/operand.ts'
import type { PlannedLimit } from './planned-limit.ts'

/** Rows that are kept after the last one of the result, to go on when some of it go. */
const LEAST_SPARE = 10
const MOST_SPARE = 100

/** Which of the ordered rows are the result, and how many of them are kept. */
export interface KeptWindow {
  readonly start: number
  /** After the last. */
  readonly end: number
  /** How many rows are read. */
  readonly kept: number
  /** How many may be kept. */
  readonly most: number
  /** Whether the result is all there is. */
  readonly isWhole: boolean
}

const WHOLE: KeptWindow = { start: 0, end: Infinity, kept: Infinity, most: Infinity, isWhole: true }

/** By LIMIT and OFFSET with a run's parameters; undefined where they are none that SQLite would take as they are. */
export function keptWindow(
  limit: PlannedLimit | undefined,
  parameters: SqlParameters,
): KeptWindow | undefined {
  if (limit === undefined) return WHOLE
  const rows = valueOf(limit.rows, parameters)
  const offset = limit.offset === undefined ? 0 : valueOf(limit.offset, parameters)
  if (!Number.isSafeInteger(rows) || !Number.isSafeInteger(offset)) return undefined
  const start = Math.max(0, Number(offset))
  // Below 0, there is none.
  const end = Number(rows) < 0 ? Infinity : start + Number(rows)
  const spare = Math.min(MOST_SPARE, Math.max(LEAST_SPARE, Number(rows)))
  return { start, end, kept: end + spare, most: end + 2 * spare, isWhole: false }
}
