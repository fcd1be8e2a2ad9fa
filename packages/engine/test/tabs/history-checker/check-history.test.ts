import { describe, expect, test } from 'vitest'
import type { Action, Transfer } from '../order.ts'
import { checkHistory } from './check-history.ts'
import type { History, JournalRow, TransferRow } from './history.ts'
import { done, historyOf, operation, snapshot, UNDONE, UNKNOWN } from './sample-history.ts'

const insert = (...entries: readonly number[]): Action => ({ kind: 'insert', entries })
const batch = (...entries: readonly number[]): Action => ({ kind: 'batch', entries })
const increment: Action = { kind: 'increment', register: 1 }
const transfer: Transfer = { kind: 'transfer', transfer: 1, source: 1, target: 2, amount: 10, retry: true }
const moved: TransferRow = { tab: 'a', transfer: 1, source: 1, target: 2, amount: 10 }

function rows(...entries: readonly number[]): readonly JournalRow[] {
  return entries.map((entry, index) => ({ place: index + 1, tab: 'a', entry }))
}

function balancesAfter(amount: number): ReadonlyMap<number, number> {
  const { balances } = historyOf([]).final
  return new Map([...balances, [1, 1000 - amount], [2, 1000 + amount]])
}

describe('a history that can be', () => {
  test.each<[string, History]>([
    ['is empty', historyOf([])],
    [
      'has acknowledged entries in their order',
      historyOf(
        [operation(1, insert(1, 2), done({ value: 2 })), operation(9, batch(3, 4), done({ value: 4 }))],
        {
          final: { journal: rows(1, 2, 3, 4) },
        },
      ),
    ],
    ['lacks what is unknown', historyOf([operation(1, insert(1), UNKNOWN), operation(1, transfer, UNKNOWN)])],
    ['has what is unknown', historyOf([operation(1, insert(1), UNKNOWN)], { final: { journal: rows(1) } })],
    [
      'has an increment that was told',
      historyOf([operation(1, increment, done({ value: 1 }))], { final: { registers: new Map([[1, 1]]) } }),
    ],
    [
      'has a transfer and its balances',
      historyOf([operation(1, transfer, done({ value: 10 }))], {
        final: { transfers: [moved], balances: balancesAfter(10) },
      }),
    ],
    [
      'has live queries that go on',
      historyOf([], {
        snapshots: [
          snapshot({ status: 'pending' }),
          snapshot({ rows: [{ n: 1 }] }),
          snapshot({ rows: [{ n: 2 }] }),
          snapshot({ tab: 'b', rows: [{ n: 1 }] }),
          snapshot({ query: 'total', rows: [{ n: 8000 }] }),
        ],
      }),
    ],
  ])('%s', (_, history) => {
    expect(checkHistory(history)).toEqual([])
  })
})

describe('a history is rejected', () => {
  test.each<[string, History, RegExp]>([
    [
      'if an acknowledged entry is missing',
      historyOf([operation(1, insert(1), done({ value: 1 }))]),
      /missing/,
    ],
    [
      'if an entry is there twice',
      historyOf([operation(1, insert(1), done({ value: 2 }))], { final: { journal: rows(1, 1) } }),
      /twice/,
    ],
    [
      'if an entry is there that was undone',
      historyOf([operation(1, insert(1), UNDONE)], { final: { journal: rows(1) } }),
      /ended with host-changed/,
    ],
    [
      'if an entry is nobody’s',
      historyOf([], { final: { journal: rows(1) } }),
      /Nobody has written entry a\/1/,
    ],
    [
      'if entries of a tab changed places',
      historyOf([operation(1, insert(1), UNKNOWN), operation(1, insert(2), UNKNOWN)], {
        final: { journal: rows(2, 1) },
      }),
      /Entry 1 of a comes after entry 2/,
    ],
    [
      'if a batch is there in part',
      historyOf([operation(1, batch(1, 2), UNKNOWN)], { final: { journal: rows(1) } }),
      /Not all of the batch/,
    ],
    [
      'if another place was told',
      historyOf([operation(1, insert(1), done({ value: 7 }))], { final: { journal: rows(1) } }),
      /told place 7, not 1/,
    ],
    [
      'if no change was told',
      historyOf([operation(1, insert(1), done({ value: 1, changes: 0 }))], { final: { journal: rows(1) } }),
      /told 0 changes/,
    ],
    [
      'if a tab did not show its own write',
      historyOf([operation(1, insert(1), done({ value: 1, shown: 0 }))], { final: { journal: rows(1) } }),
      /showed 0 entries/,
    ],
    [
      'if what began later comes before',
      historyOf(
        [
          operation(100, insert(1), done({ value: 1 })),
          { ...operation(1, insert(1), done({ value: 2 })), tab: 'b' },
        ],
        { final: { journal: [...rows(1), { place: 2, tab: 'b', entry: 1 }] } },
      ),
      /Entry a\/1 was begun after b\/1/,
    ],
    [
      'if an increment counted twice',
      historyOf([operation(1, increment, done({ value: 1 }))], { final: { registers: new Map([[1, 2]]) } }),
      /Register 1 is not linearizable: read of 2 by the end/,
    ],
    [
      'if an increment that was undone counts',
      historyOf([operation(1, increment, UNDONE)], { final: { registers: new Map([[1, 1]]) } }),
      /Register 1/,
    ],
    [
      'if a total was read that is not',
      historyOf([operation(1, { kind: 'total' }, done({ value: 7990 }))]),
      /has read 7990/,
    ],
    [
      'if a transfer that was acknowledged is missing',
      historyOf([operation(1, transfer, done({ value: 10 }))]),
      /moved undefined, and told 10/,
    ],
    [
      'if a transfer that was undone is there',
      historyOf([operation(1, transfer, UNDONE)], {
        final: { transfers: [moved], balances: balancesAfter(10) },
      }),
      /Transfer a\/1 is there/,
    ],
    [
      'if a transfer was applied to the balances twice',
      historyOf([operation(1, transfer, UNKNOWN)], {
        final: { transfers: [moved], balances: balancesAfter(20) },
      }),
      /Account 1 has 980, not 990/,
    ],
    [
      'if a live query went back',
      historyOf([], { snapshots: [snapshot({ rows: [{ n: 2 }] }), snapshot({ rows: [{ n: 1 }] })] }),
      /went back from 2 to 1/,
    ],
    [
      'if a live query was delivered twice',
      historyOf([], { snapshots: [snapshot({ rows: [{ n: 2 }] }), snapshot({ at: 1, rows: [{ n: 2 }] })] }),
      /delivered twice/,
    ],
    [
      'if a live query lost its rows',
      historyOf([], { snapshots: [snapshot({ rows: [{ n: 2 }] }), snapshot({ status: 'pending' })] }),
      /lost its rows/,
    ],
    [
      'if a live query was pending again',
      historyOf([], {
        snapshots: [snapshot({ rows: [{ n: 2 }] }), snapshot({ status: 'pending', rows: [{ n: 2 }] })],
      }),
      /was pending/,
    ],
    [
      'if a live query tore a transfer',
      historyOf([], { snapshots: [snapshot({ query: 'accounts', rows: [{ id: 1, balance: 7990 }] })] }),
      /showed a total of 7990/,
    ],
    [
      'if a live query ended in an error',
      historyOf([], { snapshots: [snapshot({ status: 'error', error: 'host-changed' })] }),
      /ended with host-changed/,
    ],
  ])('%s', (_, history, fault) => {
    expect(checkHistory(history)).toContainEqual(expect.stringMatching(fault))
  })
})
