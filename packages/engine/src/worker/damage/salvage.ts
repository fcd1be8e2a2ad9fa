import type { LostRange, SalvagedTable, SalvageReport } from '../../link/damage-report.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { BlockFile } from '../storage/block-store.ts'
import type { Task } from '../task.ts'
import type { Inspection } from './inspection.ts'
import { DataSyncError } from '../../errors.ts'
import { addMissingIndexes } from './add-missing-indexes.ts'
import { copyPages } from './copy-pages.ts'
import { finishCopy } from './finish-copy.ts'
import { mendCopy, undefinedEntries } from './mend-copy.ts'
import { PageFault } from './page-source.ts'
import type { Rebuild } from './restore-auto-vacuum.ts'
import { ScratchPages } from './scratch-pages.ts'
import type { SlicedTask } from './sliced-task.ts'
import { surveyDatabase, type SurveyedDatabase } from './survey-database.ts'
import type { TreeFault } from './survey.ts'

/** What a salvage works with. */
export interface SalvageTools {
  readonly openInspection: () => Task<Inspection>
  /** Receives the salvaged file. */
  readonly scratch: BlockFile
  /** Opens what `scratch` holds. */
  readonly openScratch: () => Task<Connection>
  readonly rebuild: Rebuild
}

/**
 * Makes a new file of all that can be read. Rows are taken over with the pages that they stand in, as they
 * are: no trigger fires, nothing is converted, and what cannot be read is left out.
 *
 * @throws DataSyncError `corrupt` if not even the first page can be read
 */
export function* salvage(tools: SalvageTools): SlicedTask<SalvageReport> {
  const { scratch, lost } = yield* copyInto(tools)
  const surveyed = yield* surveyDatabase(scratch.reader(lost), 'all')
  if (surveyed instanceof PageFault) throw headless(surveyed.reason)
  const mended = yield* mendCopy(scratch, surveyed)
  if (mended instanceof PageFault) throw headless(mended.reason)
  const first = yield* tools.openScratch()
  try {
    yield* addMissingIndexes(first)
  } finally {
    yield* first.close()
  }
  const connection = yield* tools.openScratch()
  try {
    const { rebuilt, problems } = yield* finishCopy(connection, surveyed, tools.rebuild)
    return reportOf(surveyed, mended, { rebuilt, problems })
  } finally {
    yield* connection.close()
  }
}

function* copyInto({ openInspection, scratch }: SalvageTools): SlicedTask<{
  readonly scratch: ScratchPages
  readonly lost: ReadonlyMap<number, string>
}> {
  const inspection = yield* openTold(openInspection)
  try {
    const first = yield* inspection.pages.read(1)
    if (first instanceof PageFault) throw headless(first.reason)
    const lost = yield* copyPages(inspection.pages, first.length, scratch)
    return { scratch: new ScratchPages(scratch, first.length), lost }
  } finally {
    yield* inspection.close()
  }
}

/** Without its first page, a file is no database to SQLite. */
function* openTold(openInspection: SalvageTools['openInspection']): Task<Inspection> {
  try {
    return yield* openInspection()
  } catch (error) {
    if (error instanceof DataSyncError && error.code === 'not-a-database') throw headless(error.sentence)
    throw error
  }
}

function reportOf(
  before: SurveyedDatabase,
  after: SurveyedDatabase,
  { rebuilt, problems }: Pick<SalvageReport, 'rebuilt' | 'problems'>,
): SalvageReport {
  const rows = new Map(after.survey.trees.map(({ root, entries }) => [root, entries]))
  const undefinedNames = undefinedEntries(before).map(({ type, name }) => `The ${type} "${name}" is lost`)
  const tables: SalvagedTable[] = before.survey.trees.flatMap(({ owner, root, faults }) =>
    owner.kind === 'table'
      ? [{ name: owner.name, rows: rows.get(root) ?? 0, lostRanges: faults.map(toRange) }]
      : [],
  )
  const lostSchema = before.schemaTree.faults.map(toRange)
  const found = [...undefinedNames, ...problems]
  const isWhole = tables.every(({ lostRanges }) => lostRanges.length === 0)
  return {
    tables,
    rebuilt,
    lostSchema,
    problems: found,
    isComplete: isWhole && lostSchema.length === 0 && found.length === 0,
  }
}

function toRange({ page, reason, from, to }: TreeFault): LostRange {
  return { from: keyOf(from), to: keyOf(to), page, reason }
}

function keyOf(key: bigint | undefined): number | bigint | undefined {
  const number = Number(key)
  return Number.isSafeInteger(number) ? number : key
}

function headless(reason: string): DataSyncError {
  return new DataSyncError(
    'corrupt',
    `Block 0 (page 1) of the database is damaged, without which nothing can be found: ${reason}.`,
    { block: 0, page: 1 },
  )
}
