import type { ReactNode } from 'react'
import { useDatabase } from '@datasync/react'
import { formatAmount } from '../common/format.ts'
import { useReadable } from '../common/use-readable.ts'

/** Beside its number it sees to it that runs are counted from the start, before the panel is opened. */
export function LiveQueryCount(): ReactNode {
  const { length } = useReadable(useDatabase().liveQueries)
  return formatAmount(length, 'live query', 'live queries')
}
