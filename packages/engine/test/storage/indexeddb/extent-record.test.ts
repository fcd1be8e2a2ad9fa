import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChecksumName } from '../../../src/worker/storage/indexeddb/checksum.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'
import {
  type DecodedExtent,
  ExtentCodec,
  isBad,
  type StoredBlock,
} from '../../../src/worker/storage/indexeddb/extent-record.ts'
import { checksums } from './open-stored-files.ts'

const NAMES: readonly ChecksumName[] = ['xxhash64', 'crc32c', 'blake3']
const ENTRIES = 40
const ENTRY = 48

function codecFor(blocks: number, checksum: ChecksumName = 'xxhash64'): ExtentCodec {
  return new ExtentCodec(checksums, checksums.byName(checksum), blocks)
}

function blockOf(seed: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK_SIZE }, (_, index) => (seed * 31 + index * 7) % 256)
}

function blocksOf(decoded: DecodedExtent): readonly unknown[] {
  if (decoded.kind !== 'extent') throw new Error(decoded.reason)
  return decoded.blocks
}

/** The record with its header changed by somebody who knows how it is summed up. */
function withHeader(record: Uint8Array, size: number, change: (view: DataView) => void): Uint8Array {
  const changed = record.slice()
  const view = new DataView(changed.buffer)
  change(view)
  view.setBigUint64(32, 0n)
  const digest = new Uint8Array(32)
  checksums.byName('xxhash64').write(changed.subarray(0, size), digest, 0)
  changed.set(digest.subarray(0, 8), 32)
  return changed
}

test.each(NAMES)('every block comes back as it was written, with its version and its sum (%s)', (name) => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 8, 14),
      fc.nat(0xffffffff),
      fc.array(fc.option(fc.record({ seed: fc.nat(), version: fc.maxSafeNat() })), { minLength: 14 }),
      (count, extent, drawn) => {
        const codec = codecFor(count, name)
        const blocks = drawn
          .slice(0, count)
          .map((block) => (block === null ? undefined : codec.seal(blockOf(block.seed), block.version)))
        const record = codec.encode(extent, blocks)
        const present = blocks.findLastIndex((block) => block !== undefined) + 1
        expect(record.length).toBe(ENTRIES + count * ENTRY + present * BLOCK_SIZE)
        // As a view into something larger, which is how some bridges hand it over.
        const larger = new Uint8Array(record.length + 20)
        larger.set(record, 13)
        expect(blocksOf(codec.decode(extent, larger.subarray(13, 13 + record.length)))).toEqual(blocks)
      },
    ),
    { numRuns: 25 },
  )
})

test('every bit of the header and of the blocks is covered by a sum', () => {
  const codec = codecFor(2)
  const sealed = [codec.seal(blockOf(1), 5), codec.seal(blockOf(2), 6)]
  const record = codec.encode(3, sealed)
  const headerSize = ENTRIES + 2 * ENTRY
  for (let at = 0; at < record.length; at += at < headerSize ? 1 : 61) {
    const altered = record.slice()
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
    const decoded = codec.decode(3, altered)
    if (at < headerSize) expect(decoded.kind, `byte ${at}`).toBe('unreadable')
    else {
      const bad = at < headerSize + BLOCK_SIZE ? 0 : 1
      const blocks = blocksOf(decoded) as readonly StoredBlock[]
      expect(blocks.map(isBad), `byte ${at}`).toEqual([bad === 0, bad === 1])
      expect(blocks[1 - bad]).toEqual(sealed[1 - bad])
    }
  }
})

test('a record that is cut off loses the blocks that are, and no others', () => {
  const codec = codecFor(8)
  const sealed = Array.from({ length: 8 }, (_, index) => codec.seal(blockOf(index), index))
  const record = codec.encode(0, sealed)
  const headerSize = ENTRIES + 8 * ENTRY
  for (const kept of [0, 3, 7]) {
    for (const more of [0, 1, BLOCK_SIZE - 1]) {
      const decoded = codec.decode(0, record.slice(0, headerSize + kept * BLOCK_SIZE + more))
      const blocks = blocksOf(decoded) as readonly StoredBlock[]
      expect(blocks.map(isBad)).toEqual(blocks.map((_, index) => index >= kept))
      expect(blocks.slice(0, kept)).toEqual(sealed.slice(0, kept))
    }
  }
  for (const length of [0, 1, 39, headerSize - 1]) {
    expect(codec.decode(0, record.slice(0, length))).toMatchObject({ kind: 'unreadable' })
  }
})

test('a block is verified by the sum that it was stored with, whichever is used now', () => {
  const sealed = NAMES.map((name, index) => codecFor(3, name).seal(blockOf(index), index))
  const record = codecFor(3).encode(0, sealed)
  for (const name of NAMES) expect(blocksOf(codecFor(3, name).decode(0, record))).toEqual(sealed)
  record[record.length - 1] = 1 + (record.at(-1) ?? 0)
  const blocks = blocksOf(codecFor(3).decode(0, record))
  expect(blocks[2]).toMatchObject({ fault: 'its blake3 is not what was written' })
})

describe('a record that is sound is refused', () => {
  const codec = codecFor(2)
  const record = codec.encode(7, [codec.seal(blockOf(1), 1), codec.seal(blockOf(2), 1)])
  const size = ENTRIES + 2 * ENTRY

  test.each<readonly [string, (view: DataView) => void, string]>([
    ['layout is newer', (view) => view.setUint16(4, 2, true), 'newer version'],
    ['codec is not known', (view) => view.setUint8(6, 1), 'newer version'],
    ['place is another', (view) => view.setUint32(8, 8, true), 'belongs elsewhere (extent 8)'],
    ['extents have another size', (view) => view.setUint8(7, 3), 'belongs elsewhere'],
  ])('if its %s', (_, change, reason) => {
    const decoded = codec.decode(7, withHeader(record, size, change))
    expect(decoded).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(reason) as string })
  })

  test('and so is a block whose sum is of a newer version, but not the others', () => {
    const changed = withHeader(record, size, (view) => view.setUint8(ENTRIES + ENTRY, 4))
    const blocks = blocksOf(codec.decode(7, changed)) as readonly StoredBlock[]
    expect(blocks.map(isBad)).toEqual([false, true])
  })
})

test('a block that was damaged stays so in the next record of its extent', () => {
  const codec = codecFor(2)
  const record = codec.encode(0, [codec.seal(blockOf(1), 1), codec.seal(blockOf(2), 1)])
  record[record.length - 1] = 1 + (record.at(-1) ?? 0)
  const decoded = blocksOf(codec.decode(0, record)) as readonly StoredBlock[]
  const again = codec.encode(0, [codec.seal(blockOf(3), 2), decoded[1]])
  expect((blocksOf(codec.decode(0, again)) as readonly StoredBlock[]).map(isBad)).toEqual([false, true])
})
