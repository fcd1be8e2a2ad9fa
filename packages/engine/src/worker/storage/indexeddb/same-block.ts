import { BLOCK_SIZE } from '../block-size.ts'

/** Whether two blocks, each in memory of its own, have the same content: compared four bytes at a time. */
export function sameBlock(a: Uint8Array, b: Uint8Array): boolean {
  const left = new Int32Array(a.buffer, a.byteOffset, BLOCK_SIZE / 4)
  const right = new Int32Array(b.buffer, b.byteOffset, BLOCK_SIZE / 4)
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}
