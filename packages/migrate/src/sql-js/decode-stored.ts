import { bytesOfNumbers } from './bytes-of-numbers.ts'
import { decodeText } from './decode-text.ts'

/** The bytes of a database out of what an app has made of them; undefined if that is nothing known. */
export function decodeStored(value: unknown): Blob | undefined {
  if (value instanceof Blob) return value
  if (value instanceof ArrayBuffer) return new Blob([value])
  if (ArrayBuffer.isView(value)) return new Blob([bytesOf(value)])
  const bytes = typeof value === 'string' ? decodeText(value) : bytesOfNumbers(value)
  return bytes && new Blob([bytes])
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  // One in shared memory is no part of a blob.
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength))
}
