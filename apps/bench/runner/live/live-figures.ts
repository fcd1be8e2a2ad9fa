import { median } from '../../src/ratio.ts'
import type { LiveWorkload } from './live-workloads.ts'

/** What one contender did in one workload. Whoever could not do it is listed all the same. */
export interface LiveFigure {
  readonly workload: LiveWorkload
  readonly contender: string
  /** With how much. */
  readonly size: string
  readonly values: readonly number[]
  readonly median: number | undefined
  /** What only one in twenty exceeds. */
  readonly p95: number | undefined
  readonly note: string
  readonly notRun: string | undefined
}

/** A figure that is not yet anybody's. */
export type Measured = Pick<LiveFigure, 'size' | 'values' | 'note'>

export function figureOf(
  workload: LiveWorkload,
  contender: string,
  { size, values, note }: Measured,
): LiveFigure {
  const p95 = values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]
  return { workload, contender, size, values, median: median(values), p95, note, notRun: undefined }
}

export function notRun(
  workload: LiveWorkload,
  contender: string,
  { size, reason }: { readonly size: string; readonly reason: string },
): LiveFigure {
  const nothing = { values: [], median: undefined, p95: undefined, note: '' }
  return { workload, contender, size, ...nothing, notRun: reason }
}
