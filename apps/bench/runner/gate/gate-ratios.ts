/** How many times faster one of ours is than a contender in the same run: what it was when that was last looked at. */
export interface GateRatio {
  readonly ours: string
  readonly other: string
  readonly workload: string
  readonly times: number
}

/** A ratio that falls below this part of what it was fails. docs/benchmarks.md shows how far it moves by itself. */
export const ALLOWED = 0.6

const OPFS = 'DataSync opfs'
const SAHPOOL = 'official opfs-sahpool'
const INDEXEDDB = 'DataSync indexeddb (jspi), relaxed'
const RAW = 'raw IndexedDB'

export const GATE_RATIOS: readonly GateRatio[] = [
  { ours: OPFS, other: SAHPOOL, workload: 'insert-rows', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'all-rows', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'point-awaited', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'point-concurrent', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'write-awaited', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'write-concurrent', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-fill', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-sum', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-group', times: 1 },
  { ours: OPFS, other: SAHPOOL, workload: 'join-group', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'insert-rows', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'all-rows', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'point-awaited', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'point-concurrent', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'write-awaited', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'write-concurrent', times: 1 },
  { ours: INDEXEDDB, other: RAW, workload: 'join-group', times: 1 },
]
