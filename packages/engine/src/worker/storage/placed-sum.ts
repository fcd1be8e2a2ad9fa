import { addToSum, SUM_SIZE, type Sum } from './page-sum.ts'

export const PAGE_SIZE = 4096
const SUM_AT = (PAGE_SIZE - SUM_SIZE) / 4
const sum: Sum = { first: 0, second: 0 }

/**
 * The sum of SQLite's checksum VFS, bound to the place of the page: by itself it would fit a page that
 * lies where another belongs, and one of nothing but zeros, which is what a hole in a file reads as. An
 * export has the public sum.
 */
function placedSum(words: Int32Array, page: number): Sum {
  sum.first = 0
  sum.second = 0
  addToSum(sum, words, 0, SUM_AT)
  sum.first ^= page
  sum.second ^= ~page
  return sum
}

/** Puts the public sum in the place of the bound one, or the other way round. */
export function convertSum(words: Int32Array, page: number): void {
  words[SUM_AT] = (words[SUM_AT] as number) ^ page
  words[SUM_AT + 1] = (words[SUM_AT + 1] as number) ^ ~page
}

/** Whether the page numbered `page` (from 1) ends in its sum. */
export function hasPlacedSum(words: Int32Array, page: number): boolean {
  const { first, second } = placedSum(words, page)
  return words[SUM_AT] === first && words[SUM_AT + 1] === second
}

export function stampPlacedSum(words: Int32Array, page: number): void {
  const { first, second } = placedSum(words, page)
  words[SUM_AT] = first
  words[SUM_AT + 1] = second
}
