import type { KeyboardEvent } from 'react'

export interface GridPosition {
  readonly row: number
  readonly column: number
}

export interface GridSize {
  readonly rowCount: number
  readonly columnCount: number
  /** How far Page Up and Page Down go. */
  readonly rowsPerScreen: number
}

/** Where a key leads from a cell; `undefined` for keys that lead nowhere. */
export function nextPosition(
  from: GridPosition,
  event: KeyboardEvent,
  size: GridSize,
): GridPosition | undefined {
  if (event.altKey || event.metaKey) return undefined
  const { row, column } = from
  const lastRow = size.rowCount - 1
  const lastColumn = size.columnCount - 1
  const toEnd = event.ctrlKey
  switch (event.key) {
    case 'ArrowUp':
      return { row: toEnd ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: toEnd ? lastRow : row + 1, column }
    case 'ArrowLeft':
      return { row, column: toEnd ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: toEnd ? lastColumn : column + 1 }
    case 'Home':
      return { row: toEnd ? 0 : row, column: 0 }
    case 'End':
      return { row: toEnd ? lastRow : row, column: lastColumn }
    case 'PageUp':
      return { row: row - size.rowsPerScreen, column }
    case 'PageDown':
      return { row: row + size.rowsPerScreen, column }
    default:
      return undefined
  }
}

/** The nearest position that there is. */
export function clampPosition({ row, column }: GridPosition, size: GridSize): GridPosition {
  return {
    row: Math.max(0, Math.min(row, size.rowCount - 1)),
    column: Math.max(0, Math.min(column, size.columnCount - 1)),
  }
}

/** The value of `data-cell` on a cell, or on the control in it that takes the focus. */
export function positionToText({ row, column }: GridPosition): string {
  return `${row}:${column}`
}

export function textToPosition(text: string): GridPosition {
  const [row = 0, column = 0] = text.split(':').map(Number)
  return { row, column }
}
