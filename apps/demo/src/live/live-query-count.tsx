import type { ReactNode } from 'react'
import { formatAmount } from '../common/format.ts'
import { useLiveQueries } from './use-live-queries.ts'

/** Beside its number it sees to it that runs are counted from the start, before the panel is opened. */
export function LiveQueryCount(): ReactNode {
  return formatAmount(useLiveQueries().length, 'live query', 'live queries')
}
