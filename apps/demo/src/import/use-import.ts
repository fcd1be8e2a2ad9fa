import { useQuery } from '@datasync/react'
import { PLACE_TOTAL } from 'virtual:places'
import { useReadable } from '../common/use-readable.ts'
import { importProgress } from './import-statements.ts'
import { importer } from './importer.ts'

/** The import as the page shows it. */
export type ImportState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'complete' }
  | { readonly phase: 'running' | 'stopping' | 'stopped'; readonly done: number; readonly total: number }
  | { readonly phase: 'failed'; readonly error: Error; readonly done: number; readonly total: number }

export function useImport(): ImportState {
  const activity = useReadable(importer.activity)
  const progress = useQuery(importProgress()).data?.[0]
  if (progress === undefined) return { phase: 'unknown' }
  const { done } = progress
  const total = PLACE_TOTAL
  if (done >= total) return { phase: 'complete' }
  if (activity.kind === 'failed') return { phase: 'failed', error: activity.error, done, total }
  return { phase: activity.kind === 'idle' ? 'stopped' : activity.kind, done, total }
}
