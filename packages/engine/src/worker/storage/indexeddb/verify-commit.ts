import type { ExtentCodec } from './extent-record.ts'
import type { ExtentSource } from './extent-source.ts'
import { isBad, SUMMED_HEADER } from './extent-record.ts'
import { UnverifiedError } from '../unverified-error.ts'

/** What tells a record from another: its sum, which covers those of its blocks. */
export type Fingerprint = readonly [extent: number, summed: Uint8Array]

/** Taken before records are stored: a bridge may take away their bytes. */
export function fingerprints(
  records: readonly (readonly [extent: number, record: Uint8Array])[],
): readonly Fingerprint[] {
  return records.map(([extent, record]) => [extent, record.slice(0, SUMMED_HEADER)])
}

/**
 * Reads what a commit has stored, and compares it with what it was to store.
 *
 * @throws UnverifiedError
 */
export async function verifyCommit(
  source: ExtentSource,
  codec: ExtentCodec,
  stored: readonly Fingerprint[],
): Promise<void> {
  if (stored.length === 0) return
  const found = await source.read(stored.map(([extent]) => extent))
  for (const [extent, summed] of stored) {
    const record = found.get(extent)
    if (record === undefined || !isWhole(codec, extent, record) || !beginsWith(record, summed)) {
      throw new UnverifiedError(`Extent ${extent} was stored, but is not what was read back.`)
    }
  }
}

function isWhole(codec: ExtentCodec, extent: number, record: Uint8Array): boolean {
  const decoded = codec.decode(extent, record)
  return decoded.kind === 'extent' && !decoded.blocks.some(isBad)
}

function beginsWith(record: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => byte === record[index])
}
