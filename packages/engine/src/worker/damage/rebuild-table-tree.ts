import { parseBtreePage, roomIn, TABLE_INTERIOR, TABLE_LEAF, writeBtreePage } from './btree-page.ts'
import { PageFault } from './page-source.ts'
import type { ScratchPages } from './scratch-pages.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey, Tree } from './survey.ts'
import { varint } from './varint.ts'

/** A page below the one that is being made, and the largest key in it. */
interface Child {
  readonly page: number
  readonly last: bigint
}

/** The most that a cell of an interior page takes, with its pointer: a page, a key, the pointer. */
const INTERIOR_CELL = 4 + 9 + 2

/**
 * Makes a table of rows consist of its good leaves alone: new pages lead to them, from the same root. Cells
 * that are `dropped`, by page, and those whose record is broken are taken out.
 */
export function* rebuildTableTree(
  scratch: ScratchPages,
  survey: Survey,
  tree: Tree,
  dropped: ReadonlyMap<number, ReadonlySet<number>> = new Map(),
): SlicedTask<void> {
  const { usableSize } = survey.header
  let children: Child[] = []
  for (const page of tree.leaves) {
    yield PAUSE
    const bytes = yield* survey.source.read(page)
    const parsed = bytes instanceof PageFault ? '' : parseBtreePage(bytes, page, usableSize)
    if (bytes instanceof PageFault || typeof parsed === 'string') continue
    const isKept = (index: number): boolean =>
      tree.brokenCells.get(page)?.has(index) !== true && dropped.get(page)?.has(index) !== true
    const kept = parsed.cells.filter((_, index) => isKept(index))
    if (kept.length < parsed.cells.length) {
      const cells = kept.map(({ start, end }) => bytes.slice(start, end))
      writeBtreePage(bytes, page, usableSize, { kind: TABLE_LEAF, cells, rightChild: 0 })
      scratch.write(page, bytes)
    }
    const last = kept.at(-1)
    if (last !== undefined) children.push({ page, last: last.rowid })
  }
  const most = Math.floor(roomIn(1, TABLE_INTERIOR, usableSize) / INTERIOR_CELL)
  while (children.length > most) {
    yield PAUSE
    const parents: Child[] = []
    for (let start = 0; start < children.length; start += most) {
      const group = children.slice(start, start + most)
      const page = scratch.append()
      writeInterior(scratch, usableSize, { page, bytes: new Uint8Array(scratch.pageSize) }, group)
      parents.push({ page, last: (group.at(-1) as Child).last })
    }
    children = parents
  }
  yield* writeRoot(scratch, survey, tree.root, children)
}

function* writeRoot(
  scratch: ScratchPages,
  survey: Survey,
  root: number,
  children: readonly Child[],
): SlicedTask<void> {
  const { usableSize } = survey.header
  const [only] = children
  if (children.length === 1 && only?.page === root) return
  const bytes = new Uint8Array(scratch.pageSize)
  // The first page has the header of the file, and may refer to a single other one.
  const before = root === 1 ? yield* scratch.reader().read(1) : undefined
  if (before instanceof Uint8Array) bytes.set(before)
  if (only === undefined) {
    writeBtreePage(bytes, root, usableSize, { kind: TABLE_LEAF, cells: [], rightChild: 0 })
    scratch.write(root, bytes)
  } else if (children.length > 1 || root === 1) {
    writeInterior(scratch, usableSize, { page: root, bytes }, children)
  } else {
    const leaf = yield* scratch.reader().read(only.page)
    if (leaf instanceof Uint8Array) scratch.write(root, leaf)
  }
}

function writeInterior(
  scratch: ScratchPages,
  usableSize: number,
  { page, bytes }: { readonly page: number; readonly bytes: Uint8Array },
  children: readonly Child[],
): void {
  const cells = children.slice(0, -1).map((child) => {
    const cell = new Uint8Array([0, 0, 0, 0, ...varint(child.last)])
    new DataView(cell.buffer).setUint32(0, child.page)
    return cell
  })
  const rightChild = (children.at(-1) as Child).page
  writeBtreePage(bytes, page, usableSize, { kind: TABLE_INTERIOR, cells, rightChild })
  scratch.write(page, bytes)
}
