import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOfCommit } from '../../src/worker/storage/end-of-commit.ts'
import { GatheredFile } from '../../src/worker/storage/gathered-file.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { checkBlockFile } from './block-file-model.ts'

const PAGE = 4096

/** Counts what it is given, and refuses it if told to. */
class CountedFile extends MemoryFile {
  readonly written: number[] = []
  isFull = false

  override write(from: Uint8Array, offset: number): void {
    if (this.isFull) throw new Error('full')
    this.written.push(from.length)
    super.write(from, offset)
  }
}

test('answers like plain bytes', () => {
  checkBlockFile(() => new GatheredFile(new MemoryFile()), 300)
})

test('answers like plain bytes where writes follow one another, are read, and behind gaps', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('on' as const), at: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('seek' as const), at: fc.nat(80) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), at: fc.nat(80) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), at: fc.nat(40) }) },
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const [plain, file] = [new MemoryFile(), new GatheredFile(new MemoryFile())]
      let place = 0
      for (const [index, { kind, at }] of steps.entries()) {
        if (kind === 'seek') place = at * 1000
        else if (kind === 'on') {
          const bytes = bytesOf(index, 1 + at * 300)
          for (const each of [plain, file]) each.write(bytes, place)
          place += bytes.length
        } else if (kind === 'truncate') for (const each of [plain, file]) each.truncate(at * 1000)
        else {
          const [expected, found] = [bytesOf(0, PAGE), bytesOf(0, PAGE)]
          expect(file.read(found, at * 1000)).toBe(plain.read(expected, at * 1000))
          expect(found).toEqual(expected)
        }
      }
      expect(file.size()).toBe(plain.size())
    }),
    { numRuns: 300 },
  )
})

test('writes frames that follow one another sixteen at a time, and what is left as it is synced', () => {
  const counted = new CountedFile()
  const file = new GatheredFile(counted, endOfCommit())
  writeFrames(file, 0, 40)
  expect(counted.written).toEqual([16 * 4120, 16 * 4120])
  void file.sync()
  expect(counted.written).toEqual([16 * 4120, 16 * 4120, 8 * 4120])
})

test('has a transaction in the file with its last page, without a sync', () => {
  const counted = new CountedFile()
  const file = new GatheredFile(counted, endOfCommit())
  writeFrames(file, 0, 3, 'commit')
  expect(counted.written).toEqual([3 * 4120])
  writeFrames(file, 3, 1, 'commit')
  expect(counted.size()).toBe(4 * 4120)
})

test('gives up what was gathered where it cannot be written, and says so once', () => {
  const counted = new CountedFile()
  const file = new GatheredFile(counted, endOfCommit())
  writeFrames(file, 0, 1, 'commit')
  writeFrames(file, 1, 2)
  counted.isFull = true
  expect(() => file.sync()).toThrow('full')
  counted.isFull = false
  void file.sync()
  expect(file.size()).toBe(4120)
})

function writeFrames(file: GatheredFile, first: number, count: number, end?: 'commit'): void {
  for (let frame = first; frame < first + count; frame++) {
    const header = new Uint8Array(24)
    if (end === 'commit' && frame === first + count - 1) header[7] = 9
    file.write(header, frame * 4120)
    file.write(bytesOf(frame, PAGE), frame * 4120 + 24)
  }
}

function bytesOf(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed * 31 + index) % 256)
}
