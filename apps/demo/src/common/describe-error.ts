import { DataSyncError } from '@datasync/engine'

/** What to do about an error, or at least what it says. */
export function describeError(error: unknown): string {
  if (error instanceof DataSyncError) return error.remedy
  return error instanceof Error ? error.message : String(error)
}
