import type { Role } from './contender.ts'

/**
 * What the runner can ask of a tab. All times are in milliseconds, and moments are of the clock that
 * all pages share.
 */
export interface Tasks {
  /** Makes the tables, in the first tab. */
  prepare(): Promise<void>
  role(): Promise<Role | undefined>
  untilHost(): Promise<void>
  /** Observes the row that others write. Returns the name of the channel on which it tells what was shown, and when. */
  watch(): Promise<string>
  unwatch(): Promise<void>
  /** From each of so many writes to the callback of the tab that tells on this channel. */
  timeShown(channel: string, writes: number): Promise<readonly number[]>
  /** One read after the other. Each value is the mean of a few. */
  timeReads(reads: number): Promise<readonly number[]>
  /** One write after the other. */
  timeWrites(writes: number): Promise<readonly number[]>
  /** Begins to write, one write after the other. Settles with the first that was acknowledged. */
  startWriting(): Promise<void>
  /** Ends after so many more were acknowledged. */
  finishWriting(writes: number): Promise<Written>
  /** Writes as much as it can until the end of a window. */
  pump(window: Window): Promise<Pumped>
  /** Rows that were written by all tabs. */
  countEntries(): Promise<number>
}

/** From a moment until another one. */
export interface Window {
  readonly from: number
  readonly until: number
}

export interface Outcomes {
  readonly acknowledged: number
  /** Writes whose promises were rejected. */
  readonly refused: number
  /** What the first of them was rejected with. */
  readonly reason: string | undefined
}

export interface Written extends Outcomes {
  /** The longest time between two acknowledgements. */
  readonly longestGap: number
}

export interface Pumped extends Outcomes {
  /** Those of the acknowledged that were so within the window. */
  readonly within: number
}
