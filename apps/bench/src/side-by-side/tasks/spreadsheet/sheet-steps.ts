import { scattered } from '../scattered.ts'
import { WARM_UP } from '../time-steps.ts'
import { SheetModel } from './sheet-model.ts'
import { COLUMNS, ROWS, VISIBLE_COLUMNS, VISIBLE_ROWS, type Edit, type Viewport } from './spreadsheet.ts'

const EDITS = 60
const SCROLLS = 60

/** Edits of the first column all over the sheet, some of them in a row that had one before. */
export function editSteps(): readonly Edit[] {
  const model = new SheetModel()
  return Array.from({ length: WARM_UP + EDITS }, (_, turn) => {
    const row = scattered(turn, ROWS)
    const input = 1000 + turn
    const more = input - model.firstInput(row)
    model.setFirstInput(row, input)
    return { row, input, more }
  })
}

export const scrollSteps: readonly Viewport[] = Array.from({ length: WARM_UP + SCROLLS }, (_, turn) => ({
  row: scattered(turn * 2, ROWS - VISIBLE_ROWS + 1),
  column: scattered(turn * 2 + 1, COLUMNS - VISIBLE_COLUMNS + 1),
}))

/** What is on the screen when a cell of the first column is edited, with its row in the middle if it can be. */
export function viewportAround(row: number): Viewport {
  return { row: Math.min(Math.max(row - VISIBLE_ROWS / 2, 0), ROWS - VISIBLE_ROWS), column: 0 }
}
