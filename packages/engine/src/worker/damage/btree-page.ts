import { readVarint } from './varint.ts'

/** Kinds of pages of a b-tree, as their first byte tells. */
export const TABLE_LEAF = 13
export const TABLE_INTERIOR = 5
export const INDEX_LEAF = 10
export const INDEX_INTERIOR = 2

/** Bytes that SQLite's header takes before that of the first page. */
export const FILE_HEADER = 100

export interface Cell {
  /** Where it is in the page. */
  readonly start: number
  readonly end: number
  /** Of an interior page: the page with what comes before it. */
  readonly child: number
  /** Of a table: the key. */
  readonly rowid: bigint
  /** Bytes of the record: 0 in the interior of a table, which has none. */
  readonly payload: number
  /** Where the part of the record that is in this page begins. */
  readonly local: number
  /** Whether the rest of it is in other pages. */
  readonly isSpilled: boolean
  /** The first of them, where there is a rest: a damaged cell may name none. */
  readonly overflow: number
}

export interface BtreePage {
  readonly kind: number
  readonly isLeaf: boolean
  readonly isTable: boolean
  readonly cells: readonly Cell[]
  /** Of an interior page: the page with what comes after the last cell. */
  readonly rightChild: number
}

/** Where the header of a page's b-tree begins. */
export function headerOffset(page: number): number {
  return page === 1 ? FILE_HEADER : 0
}

/** Takes a page of a b-tree apart; answers with a reason where it cannot be one. */
export function parseBtreePage(bytes: Uint8Array, page: number, usableSize: number): BtreePage | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = headerOffset(page)
  const kind = view.getUint8(at)
  const isLeaf = kind === TABLE_LEAF || kind === INDEX_LEAF
  const isTable = kind === TABLE_LEAF || kind === TABLE_INTERIOR
  if (!isLeaf && kind !== TABLE_INTERIOR && kind !== INDEX_INTERIOR) return 'it is not a page of a b-tree'
  const pointers = at + (isLeaf ? 8 : 12)
  const count = view.getUint16(at + 3)
  const first = pointers + 2 * count
  if (first > usableSize) return 'it counts more cells than a page can hold'
  const cells: Cell[] = []
  for (let index = 0; index < count; index++) {
    const start = view.getUint16(pointers + 2 * index)
    if (start < first || start > usableSize - 4) return 'one of its cells lies outside of it'
    const cell = parseCell(view, bytes, { start, isLeaf, isTable, usableSize })
    if (cell.end > usableSize) return 'one of its cells is cut off'
    cells.push(cell)
  }
  if (isTable && cells.some(({ rowid }, index) => index > 0 && rowid <= (cells[index - 1] as Cell).rowid)) {
    return 'its rows are out of order'
  }
  return { kind, isLeaf, isTable, cells, rightChild: isLeaf ? 0 : view.getUint32(at + 8) }
}

interface CellPlace {
  readonly start: number
  readonly isLeaf: boolean
  readonly isTable: boolean
  readonly usableSize: number
}

function parseCell(view: DataView, bytes: Uint8Array, place: CellPlace): Cell {
  const { start, isLeaf, isTable, usableSize } = place
  const child = isLeaf ? 0 : view.getUint32(start)
  let at = isLeaf ? start : start + 4
  if (isTable && !isLeaf) {
    const { value, end } = readVarint(bytes, at)
    const rowid = BigInt.asIntN(64, value)
    return { start, end, child, rowid, payload: 0, local: end, isSpilled: false, overflow: 0 }
  }
  const size = readVarint(bytes, at)
  at = size.end
  let rowid = 0n
  if (isTable) {
    const key = readVarint(bytes, at)
    rowid = BigInt.asIntN(64, key.value)
    at = key.end
  }
  const payload = Number(size.value)
  const localSize = localSizeOf(payload, isTable, usableSize)
  const isSpilled = localSize < payload
  // SQLite gives a cell no fewer than 4 bytes, for when it becomes free.
  const end = Math.max(at + localSize + (isSpilled ? 4 : 0), start + 4)
  const overflow = isSpilled && end <= bytes.length ? view.getUint32(at + localSize) : 0
  return { start, end, child, rowid, payload, local: at, isSpilled, overflow }
}

/** How much of a record stands in the page itself (sqlite.org/fileformat2.html#cell_payload_overflow_pages). */
function localSizeOf(payload: number, isTable: boolean, usableSize: number): number {
  const most = isTable ? usableSize - 35 : Math.floor(((usableSize - 12) * 64) / 255) - 23
  if (payload <= most) return payload
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23
  const fitting = least + ((payload - least) % (usableSize - 4))
  return fitting <= most ? fitting : least
}

/** How many pages the rest of a record takes. */
export function overflowLength({ payload }: Cell, isTable: boolean, usableSize: number): number {
  return Math.ceil((payload - localSizeOf(payload, isTable, usableSize)) / (usableSize - 4))
}

/** Writes a page of a b-tree anew, with these cells. They must have room in it. */
export function writeBtreePage(
  bytes: Uint8Array,
  page: number,
  usableSize: number,
  { kind, cells, rightChild }: { kind: number; cells: readonly Uint8Array[]; rightChild: number },
): void {
  const at = headerOffset(page)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  bytes.fill(0, at, usableSize)
  const isLeaf = kind === TABLE_LEAF || kind === INDEX_LEAF
  let pointer = at + (isLeaf ? 8 : 12)
  let content = usableSize
  for (const cell of cells) {
    content -= cell.length
    bytes.set(cell, content)
    view.setUint16(pointer, content)
    pointer += 2
  }
  view.setUint8(at, kind)
  view.setUint16(at + 3, cells.length)
  // 65,536 is written as 0.
  view.setUint16(at + 5, content & 0xffff)
  if (!isLeaf) view.setUint32(at + 8, rightChild)
}

/** Bytes for cells and their pointers in a page. */
export function roomIn(page: number, kind: number, usableSize: number): number {
  const isLeaf = kind === TABLE_LEAF || kind === INDEX_LEAF
  return usableSize - headerOffset(page) - (isLeaf ? 8 : 12)
}
