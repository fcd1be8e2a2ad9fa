import { useMediaQuery } from '../common/use-media-query.ts'
import type { TableLayout } from './columns.ts'

export function useTableLayout(): TableLayout {
  const isWide = useMediaQuery('(width >= 1280px)')
  const isNarrow = useMediaQuery('(width < 720px)')
  return isWide ? 'wide' : isNarrow ? 'narrow' : 'medium'
}
