import type { SqlValue } from '../../values.ts'
import { readVarint } from './varint.ts'

/** The values of a record (sqlite.org/fileformat2.html#record_format); undefined if it is none. */
export function readRecord(bytes: Uint8Array): readonly SqlValue[] | undefined {
  const head = readVarint(bytes, 0)
  const bodyStart = Number(head.value)
  if (bodyStart > bytes.length) return undefined
  const values: SqlValue[] = []
  let body = bodyStart
  for (let at = head.end; at < bodyStart;) {
    const { value, end } = readVarint(bytes, at)
    at = end
    const type = Number(value)
    const size = sizeOf(type)
    if (body + size > bytes.length) return undefined
    values.push(readValue(type, bytes.subarray(body, body + size)))
    body += size
  }
  return values
}

const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0]

function sizeOf(type: number): number {
  return SIZES[type] ?? Math.floor((type - 12) / 2)
}

function readValue(type: number, bytes: Uint8Array): SqlValue {
  if (type === 0 || type === 10 || type === 11) return null
  if (type === 7) return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0)
  if (type === 8 || type === 9) return type - 8
  if (type > 11) return type % 2 === 1 ? new TextDecoder().decode(bytes) : bytes.slice()
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  const signed = BigInt.asIntN(bytes.length * 8, value)
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
}
