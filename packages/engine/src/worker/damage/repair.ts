import type { FailedIndex, RepairReport } from '../../link/damage-report.ts'
import type { Inspection } from './inspection.ts'
import { badBlocksOf } from './bad-blocks.ts'
import { checkIntegrity, type Complaint } from './check-integrity.ts'
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

/** What is known of a database. */
interface Findings {
  readonly surveyed: SurveyedDatabase
  /** Pages that are damaged in the storage alone. */
  readonly stale: ReadonlySet<number>
  /** What SQLite's check says. */
  readonly integrity: readonly Complaint[]
}

/** What was to be done, without the indexes that turned out not to be to be built. */
interface Attempt {
  readonly plan: RepairPlan
  readonly failed: readonly FailedIndex[]
}

/** An attempt, and what it has led to; undefined if it was undone. */
interface Written extends Attempt {
  readonly after: Findings | undefined
}

/** What a repair works with. Nobody else may write meanwhile. */
export interface RepairTools {
  /** Opens a look into the database: one to find out, then one that writes. */
  readonly open: (mode: 'deferred' | 'immediate') => Task<Inspection>
  /** Called once what was repaired is committed. */
  readonly noteCommit: () => void
  /** Makes it durable; throws only if it is undone then. */
  readonly flush: () => Task<void>
  /** What the report calls the database file. */
  readonly file: string
}

/**
 * Repairs what can be without a row being lost, in one transaction. It is committed only if SQLite's own
 * check has nothing to say of what was repaired. What is committed is reported, whatever ends the work then.
 */
export function* repair(tools: RepairTools): SlicedTask<RepairReport> {
  const { open, flush, file } = tools
  // A connection of its own: one that has looked at a page as SQLite does would not see it replaced.
  const before = yield* using(open('deferred'), find)
  const first = { plan: planFor(before, []), failed: [] }
  if (isNothing(first.plan)) return report(before, first, { file, isDone: false })
  const written = yield* using(open('immediate'), (inspection) => write(inspection, before, tools))
  if (written.after === undefined) return report(before, written, { file, isDone: false })
  yield* flush()
  return report(yield* findAgain(open, written.after), written, { file, isDone: true })
}

function planFor({ surveyed, stale, integrity }: Findings, failed: readonly FailedIndex[]): RepairPlan {
  const names = new Set(failed.map(({ name }) => name))
  return planRepair(surveyed, stale, inconsistentIndexes(surveyed, integrity), names)
}

/** Commits what was planned if it has mended what it should. */
function* write(inspection: Inspection, before: Findings, { noteCommit }: RepairTools): SlicedTask<Written> {
  const attempt = yield* writeWhatCanBe(inspection, before)
  const { plan } = attempt
  if (isNothing(plan)) return { ...attempt, after: undefined }
  yield* inspection.pages.countAnew()
  const surveyed = yield* surveyWhole(inspection)
  const tables = wholeTables(plan, surveyed)
  const complaints = yield* checkIntegrity(inspection.connection, surveyed, tables)
  if (!isMended(plan, before.surveyed, surveyed, complaints)) return { ...attempt, after: undefined }
  yield* inspection.connection.command('commit')
  noteCommit()
  const ofOthers = before.integrity.filter(({ table }) => table !== undefined && !tables.has(table))
  const after = { surveyed, stale: new Set<number>(), integrity: [...ofOthers, ...complaints] }
  return { ...attempt, after }
}

/** Writes as much of what is to be done as can be: an index that cannot be built is left as it was. */
function* writeWhatCanBe(inspection: Inspection, before: Findings): SlicedTask<Attempt> {
  const { connection, pages } = inspection
  const failed: FailedIndex[] = []
  for (;;) {
    const plan = planFor(before, failed)
    if (isNothing(plan)) return { plan, failed }
    const failure = yield* writeRepair(inspection, before.surveyed.survey, plan)
    if (failure === undefined) return { plan, failed }
    failed.push(failure)
    // A savepoint would not do: what is undone to one is written all the same, and damage as zeros.
    yield* connection.command('rollback')
    yield* connection.command('begin immediate')
    pages.forgetWrites()
  }
}

/**
 * The tables of what was repaired that are whole with all of their indexes: once its check has met a page that
 * cannot be read, SQLite does not commit.
 */
function wholeTables({ indexes }: RepairPlan, { survey }: SurveyedDatabase): ReadonlySet<string> {
  const broken = new Set(
    survey.trees.flatMap(({ owner, faults }) =>
      owner.kind === 'index' && faults.length > 0 ? [owner.table.toLowerCase()] : [],
    ),
  )
  return new Set(indexes.map(({ owner }) => owner.table).filter((table) => !broken.has(table.toLowerCase())))
}

/** What is found once it is repaired; where that look is cut short, what was known as it was committed. */
function* findAgain(open: RepairTools['open'], known: Findings): SlicedTask<Findings> {
  try {
    return yield* using(open('deferred'), find)
  } catch {
    return known
  }
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
  complaints: readonly Complaint[],
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

function report(
  { surveyed, integrity }: Findings,
  { plan, failed }: Attempt,
  { file, isDone }: { readonly file: string; readonly isDone: boolean },
): RepairReport {
  const remaining = badBlocksOf(surveyed.survey, file)
  const done = <T>(list: readonly T[]): readonly T[] => (isDone ? list : [])
  return {
    rebuiltIndexes: done(plan.indexes.map(({ owner }) => owner.name)),
    failedIndexes: failed,
    droppedBlocks: done(plan.dropped.map((page) => page - 1)),
    rewrittenBlocks: done(plan.rewritten.map((page) => page - 1)),
    remaining,
    integrity: integrity.map(({ text }) => text),
    ok: remaining.length === 0 && integrity.length === 0,
  }
}
