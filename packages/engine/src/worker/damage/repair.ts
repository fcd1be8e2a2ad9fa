import type { RepairReport } from '../../link/damage-report.ts'
import type { Inspection } from './inspection.ts'
import { badBlocksOf } from './bad-blocks.ts'
import { checkIntegrity } from './check-integrity.ts'
import { checkStored } from './check-stored.ts'
import { DataSyncError } from '../../errors.ts'
import { inconsistentIndexes } from './inconsistent-indexes.ts'
import { PageFault } from './page-source.ts'
import { planRepair, type RepairPlan } from './repair-plan.ts'
import { writeRepair } from './write-repair.ts'
import { readRest } from './read-rest.ts'
import type { SlicedTask } from './sliced-task.ts'
import { surveyDatabase, type SurveyedDatabase } from './survey-database.ts'
import type { Tree } from './survey.ts'
import type { Task } from '../task.ts'

/** What is known of a database before it is repaired. */
interface Findings {
  readonly surveyed: SurveyedDatabase
  /** Pages that are damaged in the storage alone. */
  readonly stale: ReadonlySet<number>
  /** What SQLite's check says. */
  readonly integrity: readonly string[]
}

/** Opens a look into the database: one to find out, then one that writes. */
export type OpenInspection = (mode: 'deferred' | 'immediate') => Task<Inspection>

/**
 * Repairs what can be without a row being lost, in one transaction. It is committed only if SQLite's own
 * check has nothing to say of what was repaired, and then made durable by `flush`. Nobody else may write
 * meanwhile. `file` is what the report calls the database file.
 */
export function* repair(
  open: OpenInspection,
  flush: () => Task<void>,
  file: string,
): SlicedTask<RepairReport> {
  // A connection of its own: one that has looked at a page as SQLite does would not see it replaced.
  const { surveyed, stale, integrity } = yield* using(open('deferred'), find)
  const plan = planRepair(surveyed, stale, inconsistentIndexes(surveyed, integrity))
  const unrepaired = report(surveyed, { plan, file, integrity, isDone: false })
  if (isNothing(plan)) return unrepaired
  const isDone = yield* using(open('immediate'), (inspection) => write(inspection, surveyed, plan))
  if (!isDone) return unrepaired
  yield* flush()
  const after = yield* using(open('deferred'), find)
  return report(after.surveyed, { plan, file, integrity: after.integrity, isDone })
}

/** Commits what was planned if it has mended what it should. */
function* write(inspection: Inspection, before: SurveyedDatabase, plan: RepairPlan): SlicedTask<boolean> {
  yield* writeRepair(inspection, before.survey, plan)
  yield* inspection.pages.countAnew()
  const after = yield* surveyWhole(inspection)
  // Only of tables that are whole: after a complaint about others, SQLite would not commit.
  const tables = new Set(plan.indexes.map(({ owner }) => owner.table))
  const complaints = yield* checkIntegrity(inspection.connection, after, tables)
  if (!isMended(plan, before, after, complaints)) return false
  yield* inspection.connection.command('commit')
  return true
}

function* using<T>(
  opening: Task<Inspection>,
  work: (inspection: Inspection) => SlicedTask<T>,
): SlicedTask<T> {
  const inspection = yield* opening
  try {
    return yield* work(inspection)
  } finally {
    yield* inspection.close()
  }
}

function* find(inspection: Inspection): SlicedTask<Findings> {
  const surveyed = yield* surveyWhole(inspection)
  const unreadable = new Set(surveyed.survey.faults.keys())
  yield* checkStored(surveyed.survey, inspection.files)
  const stale = new Set([...surveyed.survey.faults.keys()].filter((page) => !unreadable.has(page)))
  return { surveyed, stale, integrity: yield* checkIntegrity(inspection.connection, surveyed) }
}

/** What no tree leads to is read too, for its checksum's sake. */
function* surveyWhole({ pages }: Inspection): SlicedTask<SurveyedDatabase> {
  const surveyed = yield* surveyDatabase(pages, 'all')
  if (surveyed instanceof PageFault) {
    throw new DataSyncError('corrupt', `Page 1 is damaged: ${surveyed.reason}.`, { block: 0, page: 1 })
  }
  yield* readRest(surveyed.survey)
  return surveyed
}

function isMended(
  plan: RepairPlan,
  before: SurveyedDatabase,
  after: SurveyedDatabase,
  complaints: readonly string[],
): boolean {
  const { trees, isFreeListWhole } = after.survey
  const inconsistent = inconsistentIndexes(after, complaints)
  const names = new Set(plan.indexes.map(({ owner }) => owner.name))
  const isBroken = trees.some(
    ({ owner, faults }) =>
      owner.kind === 'index' && names.has(owner.name) && (faults.length > 0 || inconsistent.has(owner.name)),
  )
  const known = new Set(before.survey.trees.flatMap(placesOfFaults))
  const isWorse = trees.flatMap(placesOfFaults).some((place) => !known.has(place))
  return !isBroken && !isWorse && (plan.freePages === undefined || isFreeListWhole)
}

function placesOfFaults({ root, faults }: Tree): readonly string[] {
  return faults.map(({ page }) => `${root} ${page}`)
}

function isNothing({ indexes, freePages, rewritten }: RepairPlan): boolean {
  return indexes.length === 0 && freePages === undefined && rewritten.length === 0
}

interface Outcome {
  readonly plan: RepairPlan
  readonly file: string
  readonly integrity: readonly string[]
  readonly isDone: boolean
}

function report({ survey }: SurveyedDatabase, { plan, file, integrity, isDone }: Outcome): RepairReport {
  const remaining = badBlocksOf(survey, file)
  const done = <T>(list: readonly T[]): readonly T[] => (isDone ? list : [])
  return {
    rebuiltIndexes: done(plan.indexes.map(({ owner }) => owner.name)),
    droppedBlocks: done(plan.dropped.map((page) => page - 1)),
    rewrittenBlocks: done(plan.rewritten.map((page) => page - 1)),
    remaining,
    integrity,
    ok: remaining.length === 0 && integrity.length === 0,
  }
}
