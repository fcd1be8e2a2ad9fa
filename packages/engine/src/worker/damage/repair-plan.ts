import type { PageOwner } from '../../link/damage-report.ts'
import type { SurveyedDatabase } from './survey-database.ts'
import { damagedTables } from './damaged-tables.ts'
import type { Tree } from './survey.ts'

/** What can be repaired without the loss of a row. */
export interface RepairPlan {
  /** Indexes to be built anew from tables that are whole. */
  readonly indexes: readonly (Tree & { readonly owner: Extract<PageOwner, { readonly kind: 'index' }> })[]
  /** What is free afterwards; undefined if the list of it need not be written anew. */
  readonly freePages: readonly number[] | undefined
  /** Free pages that are damaged. */
  readonly dropped: readonly number[]
  /** Pages that are whole in memory and not in the storage. */
  readonly rewritten: readonly number[]
}

/**
 * Decides what to do. `stale` are pages whose content is known, though it is not what is stored;
 * `inconsistent` are indexes that do not fit their tables, as SQLite says; `failed` are those that cannot be
 * built anew, and are left as they are.
 */
export function planRepair(
  surveyed: SurveyedDatabase,
  stale: ReadonlySet<number>,
  inconsistent: ReadonlySet<string>,
  failed: ReadonlySet<string>,
): RepairPlan {
  const { survey } = surveyed
  const damaged = damagedTables(survey)
  const indexes = survey.trees.filter(
    (tree): tree is RepairPlan['indexes'][number] =>
      tree.owner.kind === 'index' &&
      !failed.has(tree.owner.name) &&
      !damaged.has(tree.owner.table.toLowerCase()) &&
      survey.treeOf(tree.root) === tree &&
      (tree.faults.length > 0 || inconsistent.has(tree.owner.name)),
  )
  // What no table leads to is none of theirs only where all of them were walked to their ends.
  const isWhole = survey.trees.every(({ owner, faults }) => owner.kind === 'index' || faults.length === 0)
  const isGivenUp = new Set<Tree>(indexes)
  const free: number[] = []
  const dropped: number[] = []
  let isListDamaged = !survey.isFreeListWhole
  for (let page = 2; page <= survey.pageCount; page++) {
    const tree = survey.treeOf(page)
    const isOfIndex = tree !== undefined && isGivenUp.has(tree) && page !== tree.root
    const isOfNoTable = isWhole && (isOfIndex || survey.isUnclaimed(page))
    // Nobody can read what an index had there, or anybody else.
    const isLost = isOfIndex && survey.unreadable.has(page)
    if (!survey.isFree(page) && !isOfNoTable && !isLost) continue
    free.push(page)
    if (!survey.faults.has(page) || stale.has(page)) continue
    if (!isOfIndex) dropped.push(page)
    isListDamaged = true
  }
  return {
    indexes,
    freePages: indexes.length > 0 || isListDamaged ? free : undefined,
    dropped,
    rewritten: [...stale].filter((page) => !free.includes(page)),
  }
}
