import { DataSyncError } from '../../errors.ts'

/** What happened, without the advice that an error comes with. */
export function sentenceOf(error: unknown): string {
  if (error instanceof DataSyncError) return error.sentence
  return error instanceof Error ? error.message : String(error)
}
