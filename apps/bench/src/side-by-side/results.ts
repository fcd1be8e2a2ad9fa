import type { ContenderInfo } from './contender.ts'
import type { Workload } from './workload.ts'

/** All that was measured in one run, as it is written to results/side-by-side.json. */
export interface Results {
  /** When the run ended, in ISO 8601. */
  readonly date: string
  readonly scale: 'quick' | 'full'
  readonly repetitions: number
  readonly machine: Machine
  readonly contenders: readonly ContenderInfo[]
  /** In the order in which they are shown. */
  readonly workloads: readonly Workload[]
  readonly figures: readonly Figure[]
  readonly targets: readonly Target[]
}

export interface Machine {
  readonly platform: string
  readonly cpus: number
  readonly gigabytes: number
  readonly browser: string
}

/** What one contender did in one workload. Whoever could not do it is listed all the same. */
export type Figure = Measured | NotRun

export interface Measured {
  readonly workload: string
  readonly contender: string
  readonly values: readonly number[]
  readonly median: number
  readonly min: number
  readonly max: number
}

export interface NotRun {
  readonly workload: string
  readonly contender: string
  /** Why, in a few words. */
  readonly notRun: string
}

/** One of the project's own aims, and how far this run is from it. */
export interface Target {
  readonly name: string
  /** What is to be reached, in words: 'at least 10 times', 'under 100 ms'. */
  readonly aim: string
  /** What was measured, in words. */
  readonly measured: string
  /** How many times over it is reached: 1 and more is reached. */
  readonly times: number
  /** Why it is not, where that is known. */
  readonly reason: string | undefined
}
