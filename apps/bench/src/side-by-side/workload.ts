/** What is measured, each a row of the plots and of the tables. */
export interface Workload {
  readonly id: string
  /** Under which heading it stands. */
  readonly group: string
  /** What is done, in a few words. */
  readonly name: string
  readonly unit: Unit
}

/** Of rates, more is better; of all others, less. */
export type Unit = 'ms' | 'a second' | 'MB' | 'kB' | 'runs'

export function isMoreBetter(unit: Unit): boolean {
  return unit === 'a second'
}
