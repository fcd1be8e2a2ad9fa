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
