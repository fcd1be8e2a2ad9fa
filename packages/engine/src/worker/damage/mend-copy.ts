import { INDEX_LEAF, TABLE_LEAF, writeBtreePage } from './btree-page.ts'
import { readHeader, setFreeList, setStandalone } from './database-header.ts'
import { PageFault } from './page-source.ts'
import type { SchemaEntry } from './read-schema.ts'
import { rebuildIndexTree } from './rebuild-index-tree.ts'
import { rebuildTableTree } from './rebuild-table-tree.ts'
import type { ScratchPages } from './scratch-pages.ts'
import type { SlicedTask } from './sliced-task.ts'
import { surveyDatabase, type SurveyedDatabase } from './survey-database.ts'
import type { Tree } from './survey.ts'
import { listFreePages } from './write-free-list.ts'

/**
 * Makes of a damaged copy a file that SQLite can open: tables have the rows that can be read, all
 * indexes are empty, and every other page is free. Answers with what the file then consists of.
 */
export function* mendCopy(
  scratch: ScratchPages,
  surveyed: SurveyedDatabase,
): SlicedTask<SurveyedDatabase | PageFault> {
  const { survey, schemaTree } = surveyed
  for (const tree of survey.trees) {
    if (tree === schemaTree || survey.treeOf(tree.root) !== tree) continue
    if (tree.owner.kind === 'index') clear(scratch, survey.header.usableSize, tree.root, INDEX_LEAF)
    else if (tree.faults.length > 0) yield* rebuild(scratch, surveyed, tree)
  }
  const dropped = cellsOf(undefinedEntries(surveyed))
  if (schemaTree.faults.length > 0 || dropped.size > 0) {
    yield* rebuildTableTree(scratch, survey, schemaTree, dropped)
  }
  yield* writeHeader(scratch, (page) => setStandalone(page, scratch.pageCount))
  const mended = yield* surveyDatabase(scratch.reader(), 'all')
  if (!(mended instanceof PageFault)) yield* freeTheRest(scratch, mended)
  return mended
}

function* rebuild(
  scratch: ScratchPages,
  { survey, entries }: SurveyedDatabase,
  tree: Tree,
): SlicedTask<void> {
  if (tree.isIndex === true) yield* rebuildIndexTree(scratch, survey, tree)
  else if (tree.isIndex === false) yield* rebuildTableTree(scratch, survey, tree)
  else {
    const sql = entries.find(({ root }) => root === tree.root)?.sql ?? ''
    const kind = /\bwithout\s+rowid\b/i.test(sql) ? INDEX_LEAF : TABLE_LEAF
    clear(scratch, survey.header.usableSize, tree.root, kind)
  }
}

function clear(scratch: ScratchPages, usableSize: number, root: number, kind: number): void {
  const bytes = new Uint8Array(scratch.pageSize)
  writeBtreePage(bytes, root, usableSize, { kind, cells: [], rightChild: 0 })
  scratch.write(root, bytes)
}

/** Definitions that SQLite would stumble over: of what belongs to a table that is lost, or has no root. */
export function undefinedEntries({ survey, entries }: SurveyedDatabase): readonly SchemaEntry[] {
  const hasRoot = ({ root }: SchemaEntry): boolean => root === 0 || survey.treeOf(root)?.root === root
  const known = entries.filter((entry) => hasRoot(entry) && (entry.type === 'table' || entry.type === 'view'))
  const names = new Set(known.map(({ name }) => name.toLowerCase()))
  return entries.filter((entry) => !hasRoot(entry) || !names.has(entry.table.toLowerCase()))
}

function cellsOf(entries: readonly SchemaEntry[]): ReadonlyMap<number, ReadonlySet<number>> {
  const cells = new Map<number, Set<number>>()
  for (const { page, cell } of entries) cells.set(page, (cells.get(page) ?? new Set()).add(cell))
  return cells
}

function* freeTheRest(scratch: ScratchPages, { survey }: SurveyedDatabase): SlicedTask<void> {
  const isFree = (page: number): boolean => survey.isUnclaimed(page) || survey.isFree(page)
  let end = survey.pageCount
  while (end > 1 && isFree(end)) end--
  scratch.truncate(end)
  const free: number[] = []
  for (let page = 2; page <= end; page++) if (isFree(page)) free.push(page)
  const { first, trunks } = listFreePages(free, scratch.pageSize, survey.header.usableSize)
  for (const { page, bytes } of trunks) scratch.write(page, bytes)
  yield* writeHeader(scratch, (page) => {
    setStandalone(page, end)
    setFreeList(page, first, free.length)
  })
}

function* writeHeader(scratch: ScratchPages, change: (page: Uint8Array) => void): SlicedTask<void> {
  const page = yield* scratch.reader().read(1)
  if (page instanceof PageFault || readHeader(page) === undefined) return
  change(page)
  scratch.write(1, page)
}
