import type { BadBlock } from '../../link/damage-report.ts'
import type { Survey } from './survey.ts'

/** The damaged blocks in order, with what is known of them. */
export function badBlocksOf(survey: Survey, file: string): readonly BadBlock[] {
  return [...survey.faults]
    .toSorted(([a], [b]) => a - b)
    .map(([page, reason]) => ({ file, block: page - 1, page, owner: survey.ownerOf(page), reason }))
}
