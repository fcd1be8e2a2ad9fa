import { ACCOUNTS, TOTAL } from '../bank.ts'
import type { Action, Answer, SnapshotRecord } from '../order.ts'
import type { History, Operation, Outcome } from './history.ts'

/** An operation of tab `a` that took a millisecond. */
export function operation(at: number, action: Action, outcome: Outcome): Operation {
  return { tab: 'a', action, invoked: at, returned: outcome.kind === 'unknown' ? Infinity : at + 1, outcome }
}

export function done(answer: Partial<Answer> = {}): Outcome {
  return { kind: 'done', answer: { value: 0, changes: 1, shown: 99, ...answer } }
}

export const UNKNOWN: Outcome = { kind: 'unknown' }
export const UNDONE: Outcome = { kind: 'undone', code: 'host-changed' }

export function snapshot(given: Partial<SnapshotRecord>): SnapshotRecord {
  return {
    type: 'snapshot',
    tab: 'a',
    at: 0,
    query: 'entries',
    status: 'success',
    isFetching: false,
    error: undefined,
    rows: undefined,
    ...given,
  }
}

/** A history in which nothing happened, but for what is given. */
export function historyOf(
  operations: readonly Operation[],
  {
    final = {},
    snapshots = [],
  }: { readonly final?: Partial<History['final']>; readonly snapshots?: readonly SnapshotRecord[] } = {},
): History {
  const balances = new Map(Array.from({ length: ACCOUNTS }, (_, index) => [index + 1, TOTAL / ACCOUNTS]))
  return {
    operations,
    snapshots,
    final: { registers: new Map(), journal: [], transfers: [], balances, ...final },
    end: 1_000_000,
  }
}
