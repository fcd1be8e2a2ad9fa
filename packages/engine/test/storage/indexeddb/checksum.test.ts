import fc from 'fast-check'
import { createBLAKE3, createCRC32, createXXHash64 } from 'hash-wasm'
import { expect, test } from 'vitest'
import { type ChecksumName, DIGEST_SIZE } from '../../../src/worker/storage/indexeddb/checksum.ts'
import { checksums } from './open-stored-files.ts'

/** From the specifications: of each digest the bytes as they are to be stored. */
const VECTORS: readonly (readonly [ChecksumName, string, string])[] = [
  ['xxhash64', '', '99e9d85137db46ef'],
  ['xxhash64', 'abc', '990977adf52cbc44'],
  ['crc32c', '', '00000000'],
  ['crc32c', '123456789', '839206e3'],
  ['blake3', '', 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
  ['blake3', 'abc', '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85'],
]

test.each(VECTORS)('%s of %j is what others say, followed by zeros', (name, text, digest) => {
  const bytes = new TextEncoder().encode(text)
  // In the middle of a buffer that lies in the middle of another one, as the entries of a record do.
  const into = new Uint8Array(new ArrayBuffer(100), 10, 80).fill(0xaa)
  checksums.byName(name).write(bytes, into, 7)
  const stored = into.subarray(7, 7 + DIGEST_SIZE)
  expect(Buffer.from(stored).toString('hex')).toBe(digest.padEnd(DIGEST_SIZE * 2, '0'))
  expect([into[6], into[7 + DIGEST_SIZE]]).toEqual([0xaa, 0xaa])
})

test('each is found by the number that records name it by, and no other is', () => {
  for (const [id, name] of [
    [1, 'xxhash64'],
    [2, 'crc32c'],
    [3, 'blake3'],
  ] as const) {
    expect(checksums.byId(id)).toBe(checksums.byName(name))
    expect(checksums.byName(name).id).toBe(id)
  }
  expect([0, 4, 255].map((id) => checksums.byId(id))).toEqual([undefined, undefined, undefined])
})

test('blocks of any length have the digests that another library gives them, which stored blocks may have', async () => {
  // Numbers are stored as little-endian bytes, and given as big-endian ones.
  const [xxhash64, crc32c, blake3] = [
    await createXXHash64(),
    await createCRC32(0x82f63b78),
    await createBLAKE3(),
  ]
  const others: Readonly<Record<ChecksumName, (bytes: Uint8Array) => Uint8Array>> = {
    xxhash64: (bytes) => xxhash64.init().update(bytes).digest('binary').toReversed(),
    crc32c: (bytes) => crc32c.init().update(bytes).digest('binary').toReversed(),
    blake3: (bytes) => blake3.init().update(bytes).digest('binary'),
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), fc.nat(7), (whole, start) => {
      const bytes = whole.subarray(start)
      for (const [name, digestOf] of Object.entries(others)) {
        const stored = new Uint8Array(DIGEST_SIZE)
        checksums.byName(name as ChecksumName).write(bytes, stored, 0)
        const expected = new Uint8Array(DIGEST_SIZE)
        expected.set(digestOf(bytes))
        expect(stored, name).toEqual(expected)
      }
    }),
    { numRuns: 50 },
  )
})
