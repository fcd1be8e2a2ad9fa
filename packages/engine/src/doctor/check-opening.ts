import type { DataSyncError } from '../errors.ts'
import type { Answer } from '../link/pending-request.ts'
import { fromErrorRecord } from '../link/error-record.ts'
import { type DoctorFinding, toFinding } from './finding.ts'

/** What opening the database has come to: undefined if it has not yet come to anything. */
export function checkOpening(
  opened: Answer<null> | undefined,
  known: DataSyncError | undefined,
): readonly DoctorFinding[] {
  if (opened === undefined) {
    return [
      toFinding('warning', {
        code: 'still-opening',
        sentence: 'The database is still being opened.',
        remedy:
          'Wait for `db.ready`: a long migration may be under way, or another tab that is just closing. Then ask again.',
      }),
    ]
  }
  if (opened.ok) return []
  const { sentence, remedy, detail, docs } = known ?? fromErrorRecord(opened.error)
  const finding = toFinding('error', { code: detail.finding ?? 'not-open', sentence, remedy })
  return [detail.finding === undefined ? { ...finding, docs } : finding]
}
