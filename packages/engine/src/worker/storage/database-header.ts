import { SUM_SIZE } from './page-sum.ts'
import { PAGE_SIZE } from './placed-sum.ts'

/** Bytes of the header (sqlite.org/fileformat2.html). */
export const HEADER_SIZE = 100
const PAGE_SIZE_AT = 16
export const RESERVED_AT = 20
const CHANGE_COUNTER_AT = 24
const PAGE_COUNT_AT = 28
const COUNTED_AT = 92
/** What every SQLite database begins with. */
const MAGIC = 'SQLite format 3\u0000'

/** Whether pages have room for a checksum. Those of another size than ours have none, whatever they reserve. */
export function hasRoomForSums(header: Uint8Array): boolean {
  const view = new DataView(header.buffer, header.byteOffset)
  return view.getUint16(PAGE_SIZE_AT) === PAGE_SIZE && view.getUint8(RESERVED_AT) === SUM_SIZE
}

/** Makes the header say so. */
export function setRoomForSums(header: Uint8Array): void {
  const view = new DataView(header.buffer, header.byteOffset)
  view.setUint16(PAGE_SIZE_AT, PAGE_SIZE)
  view.setUint8(RESERVED_AT, SUM_SIZE)
}

export function isDatabase(header: Uint8Array): boolean {
  return new TextDecoder().decode(header.subarray(0, MAGIC.length)) === MAGIC
}

/** How long the header says that the file is, or 0 where it does not say. */
export function statedSize(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset)
  // Programs older than the field leave what another has written there.
  if (view.getUint32(CHANGE_COUNTER_AT) !== view.getUint32(COUNTED_AT)) return 0
  // 65,536 has no room in two bytes, and is written as 1.
  const size = view.getUint16(PAGE_SIZE_AT)
  return view.getUint32(PAGE_COUNT_AT) * (size === 1 ? 65_536 : size)
}
