import type { LiveQueryReport } from '@datasync/engine'
import { useDatabase } from '@datasync/react'
import { useReadable } from '../common/use-readable.ts'

/** Those that something on the page asks for now; others are kept for a moment in case it asks again. */
export function useLiveQueries(): readonly LiveQueryReport[] {
  return useReadable(useDatabase().liveQueries).filter(({ subscribers }) => subscribers > 0)
}
