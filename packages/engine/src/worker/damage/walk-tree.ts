import { overflowLength, parseBtreePage, type Cell } from './btree-page.ts'
import { PageFault } from './page-source.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey, Tree } from './survey.ts'

/** A tree that is deeper goes round in circles. */
const DEEPEST = 40

/** The keys that a page of a table may hold, both ends included. */
interface Bounds {
  readonly from: bigint | undefined
  readonly to: bigint | undefined
}

interface Place extends Bounds {
  readonly page: number
  /** The page that refers to it: 0 to a root. */
  readonly parent: number
  readonly depth: number
}

/** Walks a tree from its root, and everything of it that can be reached. */
export function walkTree(survey: Survey, tree: Tree): SlicedTask<void> {
  return walk(survey, tree, { page: tree.root, parent: 0, depth: 0, from: undefined, to: undefined })
}

function* walk(survey: Survey, tree: Tree, place: Place): SlicedTask<void> {
  yield PAUSE
  const { page, parent, depth } = place
  const isOwnRoot = parent === 0 && survey.treeOf(page) === tree
  if (!isOwnRoot && !survey.claim(page, tree)) {
    const reason = `it refers to page ${page}, which is not there or is used for something else`
    note(survey, tree, { ...place, page: parent === 0 ? page : parent }, reason)
    return
  }
  const bytes = yield* survey.read(page)
  const parsed =
    bytes instanceof PageFault ? bytes.reason : parseBtreePage(bytes, page, survey.header.usableSize)
  if (typeof parsed === 'string') {
    note(survey, tree, place, parsed)
    return
  }
  tree.isIndex ??= !parsed.isTable
  const fault = faultOf(parsed.isTable === tree.isIndex, parsed.cells, place)
  if (fault !== undefined) {
    note(survey, tree, place, fault)
    return
  }
  if (parsed.isLeaf) tree.leaves.push(page)
  let from = place.from
  for (const [index, cell] of parsed.cells.entries()) {
    if (!parsed.isLeaf) {
      const to = parsed.isTable ? cell.rowid : undefined
      yield* walk(survey, tree, { page: cell.child, parent: page, depth: depth + 1, from, to })
      if (parsed.isTable) from = cell.rowid + 1n
    }
    if (parsed.isLeaf || !parsed.isTable) yield* walkRecord(survey, tree, { page, index, cell })
  }
  if (parsed.isLeaf) return
  yield* walk(survey, tree, { page: parsed.rightChild, parent: page, depth: depth + 1, from, to: place.to })
}

function faultOf(isOfOtherKind: boolean, cells: readonly Cell[], place: Place): string | undefined {
  if (isOfOtherKind) return 'it belongs to a tree of another kind'
  if (place.depth > DEEPEST) return 'it is too deep below its root'
  const isTooLow = cells.some(({ rowid }) => place.from !== undefined && rowid < place.from)
  const isTooHigh = cells.some(({ rowid }) => place.to !== undefined && rowid > place.to)
  return isTooLow || isTooHigh ? 'its rows belong elsewhere' : undefined
}

/** Follows a record to where it ends. */
function* walkRecord(
  survey: Survey,
  tree: Tree,
  { page, index, cell }: { readonly page: number; readonly index: number; readonly cell: Cell },
): SlicedTask<void> {
  const fault = cell.isSpilled ? yield* walkOverflow(survey, tree, cell) : undefined
  if (fault === undefined) {
    tree.entries++
    return
  }
  const broken = tree.brokenCells.get(page) ?? new Set()
  tree.brokenCells.set(page, broken.add(index))
  const key = tree.isIndex === true ? undefined : cell.rowid
  note(survey, tree, { page: fault.page === 0 ? page : fault.page, from: key, to: key }, fault.reason)
}

/** What is wrong with the pages that a record goes on in. `page` is 0 if that is with the first reference. */
function* walkOverflow(
  survey: Survey,
  tree: Tree,
  cell: Cell,
): SlicedTask<{ readonly page: number; readonly reason: string } | undefined> {
  const length = overflowLength(cell, tree.isIndex !== true, survey.header.usableSize)
  let before = 0
  let page = cell.overflow
  for (let left = length; left > 0; left--) {
    yield PAUSE
    if (!survey.claim(page, tree)) {
      return { page: before, reason: 'a record goes on in a page that is not there or is used elsewhere' }
    }
    const bytes = yield* survey.read(page)
    if (bytes instanceof PageFault) return { page, reason: bytes.reason }
    const next = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
    if ((left === 1) !== (next === 0)) return { page, reason: 'the record in it ends too early or too late' }
    before = page
    page = next
  }
  return undefined
}

function note(
  survey: Survey,
  tree: Tree,
  { page, from, to }: Bounds & { page: number },
  reason: string,
): void {
  tree.faults.push({ page, reason, from, to })
  survey.noteFault(page, reason)
}
