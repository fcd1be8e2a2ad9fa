import type { BadBlock, VerifyExtent, VerifyReport } from '../../link/damage-report.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Inspection } from './inspection.ts'
import { badBlocksOf } from './bad-blocks.ts'
import { checkForeignKeys } from './check-foreign-keys.ts'
import { checkIntegrity } from './check-integrity.ts'
import { checkStored } from './check-stored.ts'
import { PageFault } from './page-source.ts'
import { readRest } from './read-rest.ts'
import { surveyDatabase, type SurveyedDatabase } from './survey-database.ts'

const NOTHING = { unreached: 0, integrity: [], foreignKeys: [], unchecked: [] }

/** Looks for damage, in one snapshot. `file` is what the report calls the database file. */
export function verify(inspection: Inspection, extent: VerifyExtent, file: string): SlicedTask<VerifyReport> {
  return 'full' in extent ? verifyAll(inspection, file) : verifySample(inspection, extent.sample, file)
}

function* verifyAll(inspection: Inspection, file: string): SlicedTask<VerifyReport> {
  const { pages } = inspection
  const surveyed = yield* surveyDatabase(pages, 'all')
  if (surveyed instanceof PageFault) return headless(file, surveyed)
  yield* readRest(surveyed.survey)
  yield* checkStored(surveyed.survey, inspection.files)
  const badBlocks = badBlocksOf(surveyed.survey, file)
  const complaints = yield* checkIntegrity(inspection.connection, surveyed)
  const integrity = complaints.map(({ text }) => text)
  const { violations, unchecked } = yield* checkForeignKeys(inspection.connection, surveyed)
  const found = badBlocks.length + integrity.length + violations.length
  return {
    checked: pages.pageCount,
    badBlocks,
    unreached: countUnreached(surveyed),
    integrity,
    foreignKeys: violations,
    unchecked,
    ok: found === 0,
  }
}

function* verifySample(inspection: Inspection, sample: number, file: string): SlicedTask<VerifyReport> {
  const { pages } = inspection
  const surveyed = yield* surveyDatabase(pages, 'schema')
  if (surveyed instanceof PageFault) return headless(file, surveyed)
  const { survey } = surveyed
  for (const page of draw(sample, pages.pageCount)) {
    yield PAUSE
    yield* survey.read(page)
    yield* checkStored(survey, inspection.files, page)
  }
  let checked = 0
  for (let page = 1; page <= survey.pageCount; page++) if (survey.wasRead(page)) checked++
  const badBlocks = yield* nameOwners(inspection, surveyed, file)
  return { ...NOTHING, checked, badBlocks, ok: badBlocks.length === 0 }
}

/** Only where something is damaged, all trees are walked to tell whose it is. */
function* nameOwners(
  { pages }: Inspection,
  { survey }: SurveyedDatabase,
  file: string,
): SlicedTask<readonly BadBlock[]> {
  if (survey.faults.size === 0) return []
  const whole = yield* surveyDatabase(pages, 'all')
  if (whole instanceof PageFault) return badBlocksOf(survey, file)
  for (const [page, reason] of survey.faults) whole.survey.noteFault(page, reason)
  return badBlocksOf(whole.survey, file)
}

function headless(file: string, { reason }: PageFault): VerifyReport {
  const badBlocks: readonly BadBlock[] = [{ file, block: 0, page: 1, owner: { kind: 'schema' }, reason }]
  return { ...NOTHING, checked: 1, badBlocks, ok: false }
}

function countUnreached({ survey }: SurveyedDatabase): number {
  let count = 0
  for (let page = 1; page <= survey.pageCount; page++) if (survey.isUnclaimed(page)) count++
  return count
}

function draw(count: number, pageCount: number): readonly number[] {
  if (count >= pageCount) return Array.from({ length: pageCount }, (_, index) => index + 1)
  const pages = new Set<number>()
  while (pages.size < count) pages.add(1 + Math.floor(Math.random() * pageCount))
  return [...pages]
}
