/** How many times faster one of ours is than a contender in the same run: what it was when that was last looked at. */
export interface GateRatio {
  readonly ours: string
  readonly other: string
  readonly workload: string
  readonly times: number
}

const OPFS = 'DataSync opfs'
const SAHPOOL = 'official opfs-sahpool'
const INDEXEDDB = 'DataSync indexeddb (jspi), relaxed'
const RAW = 'raw IndexedDB'

export const GATE_RATIOS: readonly GateRatio[] = [
  { ours: OPFS, other: SAHPOOL, workload: 'insert-rows', times: 1.61 },
  { ours: OPFS, other: SAHPOOL, workload: 'all-rows', times: 5.1 },
  { ours: OPFS, other: SAHPOOL, workload: 'point-awaited', times: 0.93 },
  { ours: OPFS, other: SAHPOOL, workload: 'point-concurrent', times: 1.78 },
  { ours: OPFS, other: SAHPOOL, workload: 'write-awaited', times: 2.96 },
  { ours: OPFS, other: SAHPOOL, workload: 'write-concurrent', times: 22.7 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-fill', times: 0.84 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-sum', times: 0.34 },
  { ours: OPFS, other: SAHPOOL, workload: 'large-group', times: 0.76 },
  { ours: OPFS, other: SAHPOOL, workload: 'join-group', times: 0.96 },
  { ours: INDEXEDDB, other: RAW, workload: 'insert-rows', times: 3.06 },
  { ours: INDEXEDDB, other: RAW, workload: 'all-rows', times: 2.48 },
  { ours: INDEXEDDB, other: RAW, workload: 'point-awaited', times: 0.87 },
  { ours: INDEXEDDB, other: RAW, workload: 'point-concurrent', times: 2.97 },
  { ours: INDEXEDDB, other: RAW, workload: 'write-awaited', times: 3.59 },
  { ours: INDEXEDDB, other: RAW, workload: 'write-concurrent', times: 20.3 },
  { ours: INDEXEDDB, other: RAW, workload: 'join-group', times: 32.3 },
]
