import { DataSyncError, type ErrorCode } from '@datasync/engine'

/** In place of advice for those who write programs. */
const REMEDIES: Partial<Record<ErrorCode, string>> = {
  deleted: 'Reload the page to begin anew.',
  'host-changed': 'Another tab was closed in the middle of it. Try again.',
}

/** What to do about an error, or at least what it says. */
export function describeError(error: unknown): string {
  if (error instanceof DataSyncError) return REMEDIES[error.code] ?? error.remedy
  return error instanceof Error ? error.message : String(error)
}
