import { DataSyncError, type ErrorCode } from '../../errors.ts'
import type { FailedIndex } from '../../link/damage-report.ts'
import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import type { Task } from '../task.ts'
import { INDEX_LEAF, writeBtreePage } from './btree-page.ts'
import { setFreeList } from './database-header.ts'
import type { Inspection } from './inspection.ts'
import { PageFault } from './page-source.ts'
import type { RepairPlan } from './repair-plan.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey } from './survey.ts'
import { listFreePages } from './write-free-list.ts'

/** What is wrong with the rows of a table, and not with the storage. */
const OF_ROWS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['constraint', 'corrupt', 'sql', 'too-big'])

/**
 * Writes what was planned. SQLite frees the pages of an index by walking them, which it cannot where they
 * are damaged: so the index is emptied and its pages are listed as free here, before SQLite fills it. Ends at
 * the first one that cannot be filled; what was written is then of no use.
 */
export function* writeRepair(
  inspection: Inspection,
  survey: Survey,
  plan: RepairPlan,
): SlicedTask<FailedIndex | undefined> {
  const { pages, connection } = inspection
  const { usableSize } = survey.header
  for (const page of plan.rewritten) {
    yield PAUSE
    const bytes = yield* pages.read(page)
    if (bytes instanceof Uint8Array) yield* pages.write(page, bytes)
  }
  for (const { root } of plan.indexes) {
    const bytes = new Uint8Array(survey.header.pageSize)
    writeBtreePage(bytes, root, usableSize, { kind: INDEX_LEAF, cells: [], rightChild: 0 })
    yield* pages.write(root, bytes)
  }
  if (plan.freePages !== undefined) yield* writeFreePages(inspection, survey, plan.freePages)
  for (const { owner } of plan.indexes) {
    yield PAUSE
    const reason = yield* fill(connection, owner.name)
    if (reason !== undefined) return { name: owner.name, reason }
  }
  return undefined
}

/** Why an index cannot be filled: two rows that are alike, or one that its expression has no value for. */
function* fill(connection: Connection, index: string): Task<string | undefined> {
  try {
    yield* connection.ask(`reindex main.${quote(index)}`)
    return undefined
  } catch (error) {
    if (error instanceof DataSyncError && OF_ROWS.has(error.code)) return error.sentence
    throw error
  }
}

function* writeFreePages({ pages }: Inspection, survey: Survey, free: readonly number[]): SlicedTask<void> {
  const { pageSize, usableSize } = survey.header
  const blank = new Uint8Array(pageSize)
  for (const page of free) {
    if (!survey.faults.has(page)) continue
    yield PAUSE
    yield* pages.write(page, blank)
  }
  const { first, trunks } = listFreePages(free, pageSize, usableSize)
  for (const { page, bytes } of trunks) {
    yield PAUSE
    yield* pages.write(page, bytes)
  }
  yield* noteFreePages(pages, survey, free)
  const header = yield* pages.read(1)
  if (header instanceof PageFault) return
  setFreeList(header, first, free.length)
  yield* pages.write(1, header)
}

/** An entry of a pointer map that says of a page that it is free (sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages). */
const FREE_ENTRY = 2

/** In a database that vacuums itself, the pointer maps know of free pages too. */
function* noteFreePages(pages: Inspection['pages'], survey: Survey, free: readonly number[]): Task<void> {
  if (survey.header.autoVacuum === 'none') return
  const freed = new Set(free)
  for (let map = 2; map <= survey.pageCount; map++) {
    if (!survey.isPointerMap(map)) continue
    const bytes = yield* pages.read(map)
    if (bytes instanceof PageFault) continue
    const count = Math.floor(survey.header.usableSize / 5)
    for (let index = 0; index < count; index++) {
      if (freed.has(map + 1 + index)) bytes.set([FREE_ENTRY, 0, 0, 0, 0], 5 * index)
    }
    yield* pages.write(map, bytes)
  }
}
