import { expect } from 'vitest'
import type { SqlValue } from '../../../src/values.ts'
import type { Mirror } from './mirror.ts'
import { RANK, type RandomQuery } from './queries/random-query.ts'
import { contentsOf, FAILED, type RowContents } from './rows.ts'

/** What a query should show, as far as its statement determines that. */
export interface ExpectedRows {
  readonly order: RandomQuery['order']
  readonly contents: RowContents
  /** Where the order has to be kept as far as it goes: at which place in it a row stands. */
  readonly ranks: ReadonlyMap<string, SqlValue> | undefined
}

/** What the mirror shows of it. */
export function expectedRows(
  mirror: Mirror,
  query: RandomQuery,
  parameters: readonly SqlValue[],
): ExpectedRows {
  const { order } = query
  if (order !== 'ranked') {
    const rows = mirror.query(query.sql, parameters)
    return { order, contents: rows === undefined ? FAILED : contentsOf(rows), ranks: undefined }
  }
  const ranked = mirror.query(query.ranked)
  if (ranked === undefined) return { order, contents: FAILED, ranks: undefined }
  const split = ranked.map(({ [RANK]: rank = null, ...row }) => ({ rank, row }))
  const contents = contentsOf(split.map(({ row }) => row))
  const ranks = new Map(contents.each.map((content, i) => [content, split[i]?.rank ?? null]))
  return { order, contents, ranks }
}

export function isExpected(shown: RowContents, { order, contents, ranks }: ExpectedRows): boolean {
  if (order === 'whole') return shown.inOrder === contents.inOrder
  if (shown.inAnyOrder !== contents.inAnyOrder) return false
  return ranks === undefined || isInOrder(shown, ranks)
}

export function expectRows(shown: RowContents, expected: ExpectedRows, sql: string): void {
  if (isExpected(shown, expected)) return
  const { order, contents } = expected
  if (order === 'whole') expect(shown.inOrder, sql).toBe(contents.inOrder)
  expect(shown.inAnyOrder, sql).toBe(contents.inAnyOrder)
  expect.fail(`The rows are in another order than asked for: ${sql}\n${shown.inOrder}`)
}

function isInOrder({ each }: RowContents, ranks: ReadonlyMap<string, SqlValue>): boolean {
  return each.every((content, i) => {
    const before = i === 0 ? 0 : ranks.get(each[i - 1] ?? '')
    return Number(before) <= Number(ranks.get(content))
  })
}
