import { median } from '../../src/ratio.ts'
import type { TabWorkload } from './tab-workloads.ts'

/** What one contender did in one workload. Whoever could not do it is listed all the same. */
export interface TabFigure {
  readonly workload: TabWorkload
  readonly contender: string
  /** Which tabs took part. */
  readonly where: string
  readonly values: readonly number[]
  readonly median: number | undefined
  /** What only one in a hundred exceeds. */
  readonly p99: number | undefined
  readonly longest: number | undefined
  readonly note: string | undefined
  readonly notRun: string | undefined
}

/** Whose figure it is. */
export type Subject = Pick<TabFigure, 'workload' | 'contender' | 'where'>

export function measured(subject: Subject, values: readonly number[], note?: string): TabFigure {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    ...subject,
    values,
    median: median(values),
    p99: sorted[Math.ceil(sorted.length * 0.99) - 1],
    longest: sorted.at(-1),
    note,
    notRun: undefined,
  }
}

export function notRun(subject: Subject, reason: string): TabFigure {
  return {
    ...subject,
    values: [],
    median: undefined,
    p99: undefined,
    longest: undefined,
    note: undefined,
    notRun: reason,
  }
}
