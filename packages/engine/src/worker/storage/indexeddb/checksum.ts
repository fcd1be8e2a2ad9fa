import { createBLAKE3, createCRC32 } from 'hash-wasm'
import xxhash from 'xxhash-wasm'

/** The largest digest, of BLAKE3, in bytes. Shorter ones are followed by zeros. */
export const DIGEST_SIZE = 32
/** CRC-32C (Castagnoli, RFC 3720), reflected. */
const CASTAGNOLI = 0x82f63b78

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

/** Loads those that do their work in WebAssembly; what they then do is synchronous. */
export async function loadChecksums(): Promise<Checksums> {
  const [xx, crc32c, blake3] = await Promise.all([
    xxhash(),
    createCRC32(CASTAGNOLI),
    createBLAKE3(DIGEST_SIZE * 8),
  ])
  const all: Readonly<Record<ChecksumName, Checksum>> = {
    xxhash64: create('xxhash64', (bytes, into, at) => {
      new DataView(into.buffer, into.byteOffset).setBigUint64(at, xx.h64Raw(bytes), true)
    }),
    crc32c: create('crc32c', (bytes, into, at) => {
      into.set(crc32c.init().update(bytes).digest('binary').toReversed(), at)
    }),
    blake3: create('blake3', (bytes, into, at) => {
      into.set(blake3.init().update(bytes).digest('binary'), at)
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
