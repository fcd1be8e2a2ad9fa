import { useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, RefObject } from 'react'
import { clampPosition, nextPosition, positionToText, textToPosition } from './grid-position.ts'
import type { GridPosition } from './grid-position.ts'

interface GridFocusOptions {
  /** The scrolling element around the grid. */
  readonly scroller: RefObject<HTMLElement | null>
  /** Changes when other rows are shown: the focus then begins at the first again. */
  readonly content: string
  readonly rowCount: number
  readonly columnCount: number
  readonly rowHeight: number
  /** What stands above the grid and scrolls away with it. */
  readonly leadHeight: number
  /** What stays at the top of the scroller and covers the rows there. */
  readonly headHeight: number
}

export interface GridFocus {
  /** The cell that has, or had last, the focus. */
  readonly active: GridPosition
  /** Whether the focus is in the grid now. */
  readonly isInside: boolean
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onFocus: (event: FocusEvent) => void
    readonly onBlur: (event: FocusEvent) => void
  }
}

/**
 * The keyboard of a grid: one stop of the Tab key, from which arrows, Home, End, Page Up and Page
 * Down lead on, with Control to the very ends. Rows that are not rendered yet are scrolled to first.
 */
export function useGridFocus(options: GridFocusOptions): GridFocus {
  const { scroller, content, rowCount, columnCount, rowHeight, leadHeight, headHeight } = options
  const [wanted, setWanted] = useState({ content, row: 0, column: 0 })
  const [isInside, setInside] = useState(false)
  const isMoving = useRef(false)

  const getSize = () => {
    const height = (scroller.current?.clientHeight ?? 0) - headHeight
    return { rowCount, columnCount, rowsPerScreen: Math.max(1, Math.floor(height / rowHeight) - 1) }
  }
  const start = wanted.content === content ? wanted : { row: 0, column: 0 }
  const active = clampPosition(start, { rowCount, columnCount, rowsPerScreen: 1 })
  const cell = positionToText(active)

  useLayoutEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus({ preventScroll: true })
  }, [scroller, cell])

  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return
    const size = getSize()
    const next = nextPosition(active, event, size)
    if (next === undefined || scroller.current === null) return
    event.preventDefault()
    const target = clampPosition(next, size)
    isMoving.current = true
    setWanted({ content, ...target })
    scrollIntoView(scroller.current, leadHeight + target.row * rowHeight, rowHeight, headHeight)
  }
  const handleFocus = (event: FocusEvent): void => {
    setInside(true)
    const text = event.target.closest<HTMLElement>('[data-cell]')?.dataset['cell']
    if (text !== undefined) setWanted({ content, ...textToPosition(text) })
  }
  const handleBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setInside(false)
  }
  return {
    active,
    isInside,
    handlers: { onKeyDown: handleKeyDown, onFocus: handleFocus, onBlur: handleBlur },
  }
}

/** Scrolls no further than needed to see a row that begins at `top`, below the head. */
function scrollIntoView(element: HTMLElement, top: number, height: number, headHeight: number): void {
  const lowest = top + headHeight + height - element.clientHeight
  element.scrollTop = Math.min(top, Math.max(lowest, element.scrollTop))
}
