import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { ReadAheadFile } from '../../src/worker/storage/read-ahead-file.ts'
import { checkBlockFile } from './block-file-model.ts'

const PAGE = 4096

class CountedFile extends MemoryFile {
  reads = 0

  override read(into: Uint8Array, offset: number): number {
    this.reads += 1
    return super.read(into, offset)
  }
}

test('answers like plain bytes', () => {
  checkBlockFile(() => new ReadAheadFile(new MemoryFile()), 300)
})

test('answers like plain bytes where pages are read one after another, and written meanwhile', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('on' as const), at: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('seek' as const), at: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), at: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), at: fc.nat(40) }) },
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const [plain, file] = [filled(new MemoryFile()), new ReadAheadFile(filled(new MemoryFile()))]
      let place = 0
      for (const [index, { kind, at }] of steps.entries()) {
        if (kind === 'write') for (const each of [plain, file]) each.write(page(index), at * PAGE)
        else if (kind === 'truncate') for (const each of [plain, file]) each.truncate(at * PAGE + 100)
        else {
          if (kind === 'seek') place = at
          const [expected, found] = [page(0), page(0)]
          expect(file.read(found, place * PAGE)).toBe(plain.read(expected, place * PAGE))
          expect(found.findIndex((byte, offset) => byte !== expected[offset])).toBe(-1)
          place += 1
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('reads pages that follow one another sixteen at a time, and others one by one', () => {
  const counted = filled(new CountedFile())
  const file = new ReadAheadFile(counted)
  const into = page(0)
  for (let at = 0; at < 33; at++) file.read(into, at * PAGE)
  expect(counted.reads).toBe(3)
  for (const at of [9, 3, 30, 12]) file.read(into, at * PAGE)
  expect(counted.reads).toBe(6)
})

function filled<File extends MemoryFile>(file: File): File {
  for (let at = 0; at < 40; at++) file.write(page(at), at * PAGE)
  return file
}

function page(seed: number): Uint8Array {
  return new Uint8Array(PAGE).map((_, index) => (seed * 31 + index) % 256)
}
