import { type Checksums, DIGEST_SIZE } from './checksum.ts'

/** A small record as text with a sum over it, so that one that was altered is not believed. */
export interface SealedText {
  readonly text: string
  readonly digest: string
}

export function sealText(value: object, checksums: Checksums): SealedText {
  const text = JSON.stringify(value)
  return { text, digest: digestOf(new TextEncoder().encode(text), checksums) }
}

/** What was sealed, or undefined if the record is not what was written. */
export function openSealed(record: unknown, checksums: Checksums): unknown {
  if (!isSealed(record)) return undefined
  if (digestOf(new TextEncoder().encode(record.text), checksums) !== record.digest) return undefined
  return JSON.parse(record.text)
}

/** The xxHash64 of bytes, as hexadecimal digits. */
export function digestOf(bytes: Uint8Array, checksums: Checksums): string {
  const digest = new Uint8Array(DIGEST_SIZE)
  checksums.byName('xxhash64').write(bytes, digest, 0)
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isSealed(record: unknown): record is SealedText {
  return (
    typeof record === 'object' &&
    record !== null &&
    'text' in record &&
    typeof record.text === 'string' &&
    'digest' in record
  )
}
