/** Bytes at the end of each page that its checksum takes (SQLite's checksum VFS, ext/misc/cksumvfs.c). */
export const SUM_SIZE = 8

/** Two 32-bit numbers. */
export interface Sum {
  first: number
  second: number
}

/**
 * SQLite's sum over `words` from `start` to `end`, going on from what `sum` holds: each number takes in
 * the other, so that the order counts. SQLite has it for the frames of its log and for its checksum VFS.
 */
export function addToSum(sum: Sum, words: Int32Array, start: number, end: number): void {
  let { first, second } = sum
  for (let at = start; at < end; at += 2) {
    first = (first + (words[at] as number) + second) | 0
    second = (second + (words[at + 1] as number) + first) | 0
  }
  sum.first = first
  sum.second = second
}

/** The bytes as words in the order of this machine, which is little-endian wherever WebAssembly runs. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
}

/** Writes into the last 8 bytes of a page what SQLite's checksum VFS expects to find there. */
export function stampPublicSum(page: Uint8Array): void {
  const sum: Sum = { first: 0, second: 0 }
  addToSum(sum, wordsOf(page), 0, (page.length - SUM_SIZE) / 4)
  const view = new DataView(page.buffer, page.byteOffset)
  view.setInt32(page.length - SUM_SIZE, sum.first, true)
  view.setInt32(page.length - 4, sum.second, true)
}
