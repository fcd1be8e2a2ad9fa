import type { Figure, Target } from '../../src/side-by-side/results.ts'
import { isMoreBetter, type Workload } from '../../src/side-by-side/workload.ts'
import { MISSED } from './missed.ts'

/** Ours, like for like: it keeps its blocks where absurd-sql and raw IndexedDB keep theirs, as durable as they do. */
const RELAXED = 'DataSync indexeddb (jspi), relaxed'
const STRICT = 'DataSync indexeddb (jspi)'
const OPFS = 'DataSync opfs'
const ABSURD = 'absurd-sql'
const RAW = 'raw IndexedDB'

/** Operations that everyone has. */
const COMMON = [
  'insert-rows',
  'large-fill',
  'large-sum',
  'large-range',
  'large-scan',
  'large-group',
  'join-group',
  'join-lookup',
  'all-rows',
  'point-awaited',
  'point-concurrent',
  'write-awaited',
  'write-concurrent',
] as const
/** Those of absurd-sql besides: what needs SQL. */
const IN_SQL = ['large-index', 'large-keys', 'classic-total', 'point-cold'] as const

/** The project's own aims, as far as this run has measured what they are about. */
export function targetsOf(workloads: readonly Workload[], figures: readonly Figure[]): readonly Target[] {
  const medians = new Map(
    figures.flatMap((figure) =>
      'median' in figure ? [[keyOf(figure.contender, figure.workload), figure.median] as const] : [],
    ),
  )

  /** `ours` so many times better than `other`. */
  const times = (ours: string, other: string, id: string, aim: number): readonly Target[] => {
    const workload = workloads.find((candidate) => candidate.id === id)
    const [mine, theirs] = [medians.get(keyOf(ours, id)), medians.get(keyOf(other, id))]
    if (workload === undefined || mine === undefined || theirs === undefined) return []
    const ratio = isMoreBetter(workload.unit) ? mine / theirs : theirs / mine
    return [
      target(`${workload.group.toLowerCase()}: ${workload.name}`, {
        aim: `${aim} times ${other}`,
        measured: `${ratio.toFixed(1)} times (${ours})`,
        times: ratio / aim,
        reason: MISSED.get(`${other} ${id}`),
      }),
    ]
  }

  const under = (ours: string, id: string, limit: number, unit: 'ms' | 'MB'): readonly Target[] => {
    const workload = workloads.find((candidate) => candidate.id === id)
    const mine = medians.get(keyOf(ours, id))
    if (workload === undefined || mine === undefined) return []
    return [
      target(`${workload.group.toLowerCase()}: ${workload.name}`, {
        aim: `under ${limit} ${unit}`,
        measured: `${mine.toFixed(mine < 10 ? 2 : 0)} ${unit} (${ours})`,
        times: limit / mine,
        reason: MISSED.get(`${ours} ${id}`),
      }),
    ]
  }

  const starts = workloads.filter(({ id }) => id.startsWith('start-')).map(({ id }) => id)
  return [
    ...COMMON.flatMap((id) => times(RELAXED, RAW, id, 10)),
    ...[...COMMON, ...IN_SQL].flatMap((id) => times(RELAXED, ABSURD, id, 2)),
    ...['heap-open', 'heap-load', 'memory-open', 'memory-load', 'memory-app'].flatMap((id) =>
      times(STRICT, ABSURD, id, 2),
    ),
    ...[OPFS, STRICT].flatMap((ours) => starts.flatMap((id) => under(ours, id, 100, 'ms'))),
    ...[OPFS, STRICT].flatMap((ours) => starts.flatMap((id) => times(ours, ABSURD, id, 2))),
    ...under(STRICT, 'point-cached', 10, 'ms'),
    ...under(STRICT, 'point-cold', 50, 'ms'),
    ...under(RELAXED, 'write-awaited', 5, 'ms'),
    ...[OPFS, STRICT].flatMap((ours) => under(ours, 'memory-app', 50, 'MB')),
  ]
}

function target(name: string, rest: Omit<Target, 'name'>): Target {
  const { reason, ...measured } = rest
  return { name, ...measured, reason: measured.times < 1 ? reason : undefined }
}

function keyOf(contender: string, workload: string): string {
  return `${contender}\n${workload}`
}
