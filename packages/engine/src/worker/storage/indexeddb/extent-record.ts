import type { Checksum, Checksums } from './checksum.ts'
import { DIGEST_SIZE } from './checksum.ts'
import { BLOCK_SIZE } from '../block-size.ts'

/*
 * An extent is several blocks in a row, stored as one record, since a record of 32 KiB costs hardly more
 * than one of 4. All numbers are little-endian.
 *
 *    0  4  magic
 *    4  2  layout version
 *    6  1  codec of the payload: 0, as it is
 *    7  1  blocks an extent
 *    8  4  number of the extent
 *   12  4  zeros
 *   16 16  id of the key that the payload is encrypted with: zeros, none
 *   32  8  xxHash64 of the header, with zeros here
 *   40 48  for each block: 1 checksum id (0: no such block), 7 zeros, 8 version, 32 digest
 *    …     the blocks, up to the last that is there
 *
 * The header's sum covers where the record belongs, so that a record in the place of another is found out.
 */
const MAGIC = 0x58455344
const LAYOUT = 1
const HEADER_DIGEST = 32
const ENTRIES = 40
/** The part of a header that tells its record from any other: the sum in it covers the rest. */
export const SUMMED_HEADER: number = ENTRIES
const ENTRY_SIZE = 8 + 8 + DIGEST_SIZE

/** One block as it is stored: its bytes, and the account of them. */
export interface StoredBlock {
  readonly bytes: Uint8Array
  /** The commit that wrote it. */
  readonly version: number
  /** Its entry in the header, from which a record can be made again without summing up its bytes. */
  readonly entry: Uint8Array
  /** Whether nobody has compared its bytes with its entry yet. */
  readonly isUnchecked?: boolean
}

/** The blocks of an extent, in order; undefined where the database has ended. */
export type Blocks = readonly (StoredBlock | BadBlock | undefined)[]

export type DecodedExtent =
  | { readonly kind: 'extent'; readonly blocks: Blocks }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** A block whose bytes are not those that were written. Kept as it is, so that a new record tells of it too. */
export interface BadBlock extends StoredBlock {
  readonly fault: string
}

export class ExtentCodec {
  readonly blocksPerExtent: number
  readonly #checksums: Checksums
  readonly #checksum: Checksum
  readonly #digest = new Uint8Array(DIGEST_SIZE)

  constructor(checksums: Checksums, checksum: Checksum, blocksPerExtent: number) {
    this.#checksums = checksums
    this.#checksum = checksum
    this.blocksPerExtent = blocksPerExtent
  }

  /** The account of a block that `version` writes. `bytes` may not change any more. */
  seal(bytes: Uint8Array, version: number): StoredBlock {
    const entry = new Uint8Array(ENTRY_SIZE)
    entry[0] = this.#checksum.id
    new DataView(entry.buffer).setBigUint64(8, BigInt(version), true)
    this.#checksum.write(bytes, entry, 16)
    return { bytes, version, entry }
  }

  encode(extent: number, blocks: readonly (StoredBlock | undefined)[]): Uint8Array<ArrayBuffer> {
    const headerSize = this.#headerSize
    const count = blocks.findLastIndex((block) => block !== undefined) + 1
    const record = new Uint8Array(headerSize + count * BLOCK_SIZE)
    const view = new DataView(record.buffer)
    view.setUint32(0, MAGIC, true)
    view.setUint16(4, LAYOUT, true)
    view.setUint8(7, this.blocksPerExtent)
    view.setUint32(8, extent, true)
    blocks.forEach((block, index) => {
      if (block === undefined) return
      record.set(block.entry, ENTRIES + index * ENTRY_SIZE)
      record.set(block.bytes, headerSize + index * BLOCK_SIZE)
    })
    record.set(this.#headerDigest(record), HEADER_DIGEST)
    return record
  }

  /** Verifies a record that was read as that of `extent`, block by block. */
  decode(extent: number, record: Uint8Array): DecodedExtent {
    const unpacked = this.unpack(extent, record)
    if (unpacked.kind === 'unreadable') return unpacked
    return { kind: 'extent', blocks: unpacked.blocks.map((block) => block && this.check(block)) }
  }

  /** The same without looking into the blocks, of which few may be wanted: each is to be checked when it is. */
  unpack(extent: number, record: Uint8Array): DecodedExtent {
    const headerSize = this.#headerSize
    if (record.length < headerSize) return unreadable('its header is cut off')
    const view = new DataView(record.buffer, record.byteOffset)
    if (view.getUint32(0, true) !== MAGIC) return unreadable('it does not begin as one')
    if (!equal(this.#headerDigest(record), record.subarray(HEADER_DIGEST, HEADER_DIGEST + 8))) {
      return unreadable('its header is not what was written')
    }
    if (view.getUint16(4, true) !== LAYOUT || view.getUint8(6) !== 0) {
      return unreadable('it was written by a newer version')
    }
    if (view.getUint32(8, true) !== extent || view.getUint8(7) !== this.blocksPerExtent) {
      return unreadable(`it belongs elsewhere (extent ${view.getUint32(8, true)})`)
    }
    return {
      kind: 'extent',
      blocks: Array.from({ length: this.blocksPerExtent }, (_, index) => this.#unpackBlock(record, index)),
    }
  }

  /** Compares a block's bytes with its entry, by the checksum that the entry names. */
  check(block: StoredBlock | BadBlock): StoredBlock | BadBlock {
    if (block.isUnchecked !== true || 'fault' in block) return block
    const { bytes, version, entry } = block
    const [id = 0] = entry
    const checksum = this.#checksums.byId(id)
    if (checksum === undefined) return { ...block, fault: `its checksum (${id}) is of a newer version` }
    checksum.write(bytes, this.#digest, 0)
    if (equal(this.#digest, entry.subarray(16))) return { bytes, version, entry }
    return { ...block, fault: `its ${checksum.name} is not what was written` }
  }

  #unpackBlock(record: Uint8Array, index: number): StoredBlock | BadBlock | undefined {
    const at = ENTRIES + index * ENTRY_SIZE
    if (record[at] === 0) return undefined
    const entry = record.slice(at, at + ENTRY_SIZE)
    const start = this.#headerSize + index * BLOCK_SIZE
    const present = record.subarray(start, start + BLOCK_SIZE)
    const bytes = new Uint8Array(BLOCK_SIZE)
    bytes.set(present)
    const version = Number(new DataView(entry.buffer).getBigUint64(8, true))
    const block = { bytes, version, entry, isUnchecked: true }
    return present.length < BLOCK_SIZE ? { ...block, fault: 'it is cut off' } : block
  }

  get #headerSize(): number {
    return ENTRIES + this.blocksPerExtent * ENTRY_SIZE
  }

  #headerDigest(record: Uint8Array): Uint8Array {
    const header = record.slice(0, this.#headerSize)
    header.fill(0, HEADER_DIGEST, HEADER_DIGEST + 8)
    const digest = new Uint8Array(DIGEST_SIZE)
    this.#checksums.byName('xxhash64').write(header, digest, 0)
    return digest.subarray(0, 8)
  }
}

export function isBad(block: StoredBlock | BadBlock | undefined): block is BadBlock {
  return block !== undefined && 'fault' in block
}

function unreadable(reason: string): DecodedExtent {
  return { kind: 'unreadable', reason }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}
