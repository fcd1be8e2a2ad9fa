import { useEffect } from 'react'
import type { RefObject } from 'react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'

/** Rows rendered before and after those that can be seen. */
const OVERSCAN = 14

interface RowWindowOptions {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rowCount: number
  readonly rowHeight: number
  /** How far below the top of the scrolled content the first row begins. */
  readonly rowsTop: number
  /** A row that is rendered wherever the table is scrolled to: the one with the focus. */
  readonly keptRow: number | undefined
}

/** Indexes of the rows to render, ascending: plain data, whatever the virtualizer does inside. */
export function useRowWindow(options: RowWindowOptions): readonly number[] {
  'use no memo'
  const { scroller, rowCount, rowHeight, rowsTop, keptRow } = options
  // This hook is not compiled, and what it returns is not the virtualizer.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: rowsTop,
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), keptRow),
  })
  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight, rowsTop])
  return virtualizer.getVirtualItems().map(({ index }) => index)
}

function withRow(rows: number[], row: number | undefined): number[] {
  if (row === undefined || rows.includes(row)) return rows
  return [...rows, row].toSorted((first, second) => first - second)
}
