/** How much is done: enough to tell in ten minutes, or all that the tables in docs/benchmarks.md are made of. */
export interface Scale {
  readonly name: 'quick' | 'full'
  /** Rows of the large table. */
  readonly largeRows: number
  /** Sizes of the databases that are opened, in megabytes. */
  readonly megabytes: readonly number[]
  /** How often everything is done, each time in a new profile. */
  readonly repetitions: number
}

export const QUICK: Scale = { name: 'quick', largeRows: 100_000, megabytes: [10], repetitions: 1 }
export const FULL: Scale = { name: 'full', largeRows: 1_000_000, megabytes: [10, 100], repetitions: 3 }
