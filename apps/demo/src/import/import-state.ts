import { PLACE_TOTAL } from 'virtual:places'
import type { ImportRow } from './import-statements.ts'
import type { ImportActivity } from './place-importer.ts'

/** The import as a page shows it. */
export type ImportState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'complete' }
  | { readonly phase: 'running' | 'stopping' | 'stopped'; readonly done: number; readonly total: number }
  | { readonly phase: 'failed'; readonly error: Error; readonly done: number; readonly total: number }

/** How far the import is, by the database, and what the importer is doing about it. */
export function importState(progress: ImportRow | undefined, activity: ImportActivity): ImportState {
  if (progress === undefined) return { phase: 'unknown' }
  const { done } = progress
  const total = PLACE_TOTAL
  if (done >= total) return { phase: 'complete' }
  if (activity.kind === 'failed') return { phase: 'failed', error: activity.error, done, total }
  if (activity.kind !== 'idle') return { phase: activity.kind, done, total }
  return { phase: progress.stopped === 1 ? 'stopped' : 'running', done, total }
}
