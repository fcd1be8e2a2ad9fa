import { parseBtreePage } from './btree-page.ts'
import { IndexTreeBuilder } from './index-tree-builder.ts'
import { PageFault } from './page-source.ts'
import type { ScratchPages } from './scratch-pages.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey, Tree } from './survey.ts'

/** Makes a table without rowids consist of the records that can be read, in pages of their own. */
export function* rebuildIndexTree(scratch: ScratchPages, survey: Survey, tree: Tree): SlicedTask<void> {
  const builder = new IndexTreeBuilder(scratch, survey.header.usableSize)
  const visited = new Set<number>()

  function* addPage(page: number): SlicedTask<void> {
    yield PAUSE
    if (survey.treeOf(page) !== tree || visited.has(page)) return
    visited.add(page)
    const bytes = yield* survey.source.read(page)
    if (bytes instanceof PageFault) return
    const parsed = parseBtreePage(bytes, page, survey.header.usableSize)
    if (typeof parsed === 'string' || parsed.isTable) return
    for (const [index, { start, end, child }] of parsed.cells.entries()) {
      if (!parsed.isLeaf) yield* addPage(child)
      if (tree.brokenCells.get(page)?.has(index) === true) continue
      builder.add(bytes.slice(parsed.isLeaf ? start : start + 4, end))
    }
    if (!parsed.isLeaf) yield* addPage(parsed.rightChild)
  }

  yield* addPage(tree.root)
  builder.finish(tree.root)
}
