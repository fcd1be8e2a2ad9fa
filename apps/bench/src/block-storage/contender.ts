import type { Durability, Size } from './data.ts'

/** Who takes part. All its databases are its own, named after what they are for. */
export interface Contender {
  readonly name: string
  /** Whether its page must be isolated from others (COOP and COEP), as shared memory demands. */
  readonly isIsolated: boolean
  /** Those that it can be asked for, the safest first. */
  readonly durabilities: readonly Durability[]
  /** Why nothing can be read again, if so. */
  readonly forgets: string | undefined
  readonly tasks: Tasks
}

export interface Commits {
  readonly milliseconds: readonly number[]
  /** What `checkCommits` must find. */
  readonly sum: number
}

/**
 * What each can be asked for, each time in a fresh page. All times are in milliseconds. Whoever
 * finds other data than was written is rejected.
 */
export interface Tasks {
  /** Makes the database of so many megabytes. */
  prepare(size: Size): Promise<void>
  /** One row a commit, each awaited before the next. */
  commit(durability: Durability): Promise<Commits>
  checkCommits(durability: Durability, sum: number): Promise<void>
  /** All samples in one transaction, into a database of this round. */
  insert(durability: Durability, round: number): Promise<number>
  /** Opens what `insert` has written and reads all of it. The time is without that of opening. */
  scan(durability: Durability, round: number): Promise<number>
  /** Opens the largest database and reads entries here and there, one after the other. */
  readPoints(seed: number): Promise<number>
  /** From nothing but the page to the first row in it. */
  firstRow(size: Size): Promise<number>
  /** Reads one row and leaves the database open, until the page is closed. */
  holdOpen(size: Size): Promise<void>
}

/** Fails the task unless it did what it was measured for. */
export function verify(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(`verification failed: ${what}`)
}
