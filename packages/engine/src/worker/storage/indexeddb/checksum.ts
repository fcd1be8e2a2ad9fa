import { blake3 } from '@noble/hashes/blake3.js'
import crc32c from 'crc-32/crc32c.js'
import xxhash from 'xxhash-wasm'

/** The largest digest, of BLAKE3, in bytes. Shorter ones are followed by zeros. */
export const DIGEST_SIZE = 32

export type ChecksumName = 'xxhash64' | 'crc32c' | 'blake3'

/** A way to tell whether bytes are those that were written. */
export interface Checksum {
  readonly name: ChecksumName
  /** The number under which records name it. 0 is none: a block that is not there. */
  readonly id: number
  /** Writes the digest of `bytes` to `into` at `at`, as little-endian bytes followed by zeros. */
  write(bytes: Uint8Array, into: Uint8Array, at: number): void
}

/** Every way that records of this format can name. */
export interface Checksums {
  byId(id: number): Checksum | undefined
  byName(name: ChecksumName): Checksum
}

const IDS: Readonly<Record<ChecksumName, number>> = { xxhash64: 1, crc32c: 2, blake3: 3 }

/**
 * Loads the one that nearly every block has, and that does its work in WebAssembly; what all of them then do is
 * synchronous. The others are JavaScript, since a database that has no such block should not compile them.
 */
export async function loadChecksums(): Promise<Checksums> {
  const xx = await xxhash()
  const all: Readonly<Record<ChecksumName, Checksum>> = {
    xxhash64: create('xxhash64', (bytes, into, at) => {
      new DataView(into.buffer, into.byteOffset).setBigUint64(at, xx.h64Raw(bytes), true)
    }),
    // Castagnoli's polynomial, as in RFC 3720.
    crc32c: create('crc32c', (bytes, into, at) => {
      new DataView(into.buffer, into.byteOffset).setInt32(at, crc32c.buf(bytes), true)
    }),
    blake3: create('blake3', (bytes, into, at) => {
      into.set(blake3(bytes), at)
    }),
  }
  return {
    byName: (name) => all[name],
    byId: (id) => Object.values(all).find((checksum) => checksum.id === id),
  }
}

function create(
  name: ChecksumName,
  write: (bytes: Uint8Array, into: Uint8Array, at: number) => void,
): Checksum {
  return {
    name,
    id: IDS[name],
    write(bytes, into, at) {
      into.fill(0, at, at + DIGEST_SIZE)
      write(bytes, into, at)
    },
  }
}
