import type { ContenderInfo, Durability } from '../../src/side-by-side/contender.ts'
import type { Figure, Results } from '../../src/side-by-side/results.ts'
import type { Unit } from '../../src/side-by-side/workload.ts'

/** A run of one workload for each of these, by contenders that are named as their figures are. */
export function fewResults(
  workloads: Readonly<
    Record<string, { readonly unit: Unit; readonly figures: Readonly<Record<string, number | string>> }>
  >,
): Results {
  const names = new Set(Object.values(workloads).flatMap(({ figures }) => Object.keys(figures)))
  return {
    date: '2026-11-27T18:42:00.000Z',
    scale: 'quick',
    repetitions: 1,
    machine: { platform: 'linux', cpus: 2, gigabytes: 8, browser: 'Chromium 141' },
    contenders: [...names].map((name) => contenderOf(name, 'strict')),
    workloads: Object.entries(workloads).map(([name, { unit }]) => ({
      id: name,
      group: 'Group',
      name,
      unit,
    })),
    figures: Object.entries(workloads).flatMap(([workload, { figures }]) =>
      Object.entries(figures).map(([contender, value]) => figureOf(workload, contender, value)),
    ),
    targets: [],
  }
}

function contenderOf(name: string, durability: Durability): ContenderInfo {
  return { name, made: `${name} 1.0.0`, durability, forgets: undefined, isOnlyInFull: false }
}

/** A reason why it was not run, where it is no number. */
function figureOf(workload: string, contender: string, value: number | string): Figure {
  if (typeof value === 'string') return { workload, contender, notRun: value }
  return { workload, contender, values: [value], median: value, min: value, max: value }
}
