import { isDatabase } from '../storage/database-header.ts'

/** What the first 100 bytes of page 1 say (sqlite.org/fileformat2.html). */
export interface DatabaseHeader {
  readonly pageSize: number
  /** Bytes of a page that SQLite uses: the rest belongs to whoever stores it. */
  readonly usableSize: number
  readonly firstTrunk: number
  readonly freeCount: number
  readonly autoVacuum: 'none' | 'incremental' | 'full'
}

const PAGE_SIZE = 16
const WRITE_VERSION = 18
const READ_VERSION = 19
const RESERVED = 20
const CHANGE_COUNTER = 24
const PAGE_COUNT = 28
const FIRST_TRUNK = 32
const FREE_COUNT = 36
const LARGEST_ROOT = 52
const INCREMENTAL = 64
const COUNTED_AT = 92

/** Undefined if it is none. */
export function readHeader(page: Uint8Array): DatabaseHeader | undefined {
  if (!isDatabase(page)) return undefined
  const view = viewOf(page)
  // 65,536 has no room in two bytes, and is written as 1.
  const stated = view.getUint16(PAGE_SIZE)
  const pageSize = stated === 1 ? 65_536 : stated
  const mode = view.getUint32(INCREMENTAL) === 0 ? 'full' : 'incremental'
  return {
    pageSize,
    usableSize: pageSize - view.getUint8(RESERVED),
    firstTrunk: view.getUint32(FIRST_TRUNK),
    freeCount: view.getUint32(FREE_COUNT),
    autoVacuum: view.getUint32(LARGEST_ROOT) === 0 ? 'none' : mode,
  }
}

export function setFreeList(page: Uint8Array, firstTrunk: number, freeCount: number): void {
  viewOf(page).setUint32(FIRST_TRUNK, firstTrunk)
  viewOf(page).setUint32(FREE_COUNT, freeCount)
}

/** Makes it the header of a file on its own: of so many pages, without a log and without a pointer map. */
export function setStandalone(page: Uint8Array, pageCount: number): void {
  const view = viewOf(page)
  view.setUint8(WRITE_VERSION, 1)
  view.setUint8(READ_VERSION, 1)
  view.setUint32(PAGE_COUNT, pageCount)
  view.setUint32(COUNTED_AT, view.getUint32(CHANGE_COUNTER))
  view.setUint32(LARGEST_ROOT, 0)
  view.setUint32(INCREMENTAL, 0)
}

function viewOf({ buffer, byteOffset }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset)
}
