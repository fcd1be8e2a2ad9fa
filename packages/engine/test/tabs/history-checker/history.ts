import type { Action, Answer, SnapshotRecord } from '../order.ts'

/** One order, and what became of it. Times are milliseconds of one clock. */
export interface Operation {
  readonly tab: string
  readonly action: Action
  readonly invoked: number
  /** `Infinity` where nobody knows: it can take effect at any time since, or never. */
  readonly returned: number
  readonly outcome: Outcome
}

export type Outcome =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** Rejected in a way that says that nothing of it was kept. */
  | { readonly kind: 'undone'; readonly code: string }
  | { readonly kind: 'unknown' }

export interface JournalRow {
  readonly place: number
  readonly tab: string
  readonly entry: number
}

export interface TransferRow {
  readonly tab: string
  readonly transfer: number
  readonly source: number
  readonly target: number
  readonly amount: number
}

/** What was found in the database in the end. */
export interface FinalState {
  readonly registers: ReadonlyMap<number, number>
  /** In the order of their places. */
  readonly journal: readonly JournalRow[]
  readonly transfers: readonly TransferRow[]
  readonly balances: ReadonlyMap<number, number>
}

export interface History {
  readonly operations: readonly Operation[]
  readonly snapshots: readonly SnapshotRecord[]
  readonly final: FinalState
  /** When the final state was read. */
  readonly end: number
}
