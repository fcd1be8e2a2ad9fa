import { COMMITS, ITEMS, POINT_READS, SAMPLES, SIZES, type Size } from '../src/block-storage/data.ts'
import type { Workload } from './figures.ts'

const count = (value: number): string => value.toLocaleString('en')

export const COMMIT_TIME: Workload = {
  name: `autocommit: one-row update in ${count(ITEMS)} rows, ${COMMITS} one after another, p50`,
  unit: 'ms',
}
export const COMMIT_RATE: Workload = {
  name: `autocommit: one-row update in ${count(ITEMS)} rows, ${COMMITS} one after another`,
  unit: 'a second',
}
export const INSERT: Workload = {
  name: `bulk insert: ${count(SAMPLES)} rows (3 MB) in one transaction`,
  unit: 'ms',
}
export const SCAN: Workload = { name: 'cold scan: sums over the same 3 MB, just opened', unit: 'ms' }
export const POINTS: Workload = {
  name: `cold point reads: ${count(POINT_READS)} rows by primary key out of 100 MB, just opened`,
  unit: 'ms',
}
export const RESIDENT: Workload = {
  name: 'memory: resident set of the renderer process, 100 MB opened and one row read',
  unit: 'MB',
}
/** What Chromium itself takes for a page, which is most of it, is nobody's doing. */
export const ABOVE_EMPTY: Workload = {
  name: 'memory: the same above the resident set of a page that does nothing',
  unit: 'MB',
}
export const WASM_HEAP: Workload = {
  name: 'memory: wasm heap, 100 MB opened and one row read',
  unit: 'MB',
}
const FIRST_ROWS: ReadonlyMap<Size, Workload> = new Map(
  SIZES.map((size) => [size, { name: `cold start: fresh page to first row, ${size} MB`, unit: 'ms' }]),
)

export function firstRowOf(size: Size): Workload {
  const workload = FIRST_ROWS.get(size)
  if (workload === undefined) throw new Error(`Nothing has ${size} MB.`)
  return workload
}
