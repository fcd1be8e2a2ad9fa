import { expect, test } from 'vitest'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { checkBlockFile } from './block-file-model.ts'

const GIB = 2 ** 30

test('answers like plain bytes', () => {
  checkBlockFile(() => new MemoryFile(), 500)
})

test.each([2 * GIB, 4 * GIB, 9 * GIB, 2 ** 45])('keeps bytes on both sides of offset %d', (border) => {
  const file = new MemoryFile()
  const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251)
  file.write(bytes, border - 100_000)
  expect(file.size()).toBe(border + 100_000)

  const read = new Uint8Array(200_000)
  expect(file.read(read, border - 100_000)).toBe(200_000)
  expect(read.every((byte, at) => byte === bytes[at])).toBe(true)
  // Where 32-bit arithmetic would have put what lies behind the border.
  if (border > 2 * GIB) {
    expect(file.read(read.subarray(0, 100_000), border % 2 ** 32)).toBe(100_000)
    expect(read.subarray(0, 100_000).every((byte) => byte === 0)).toBe(true)
  }

  file.truncate(border + 1)
  file.truncate(border + 3)
  const tail = new Uint8Array(8)
  expect(file.read(tail, border - 1)).toBe(4)
  expect([...tail]).toEqual([99_999 % 251, 100_000 % 251, 0, 0, 0, 0, 0, 0])
})
