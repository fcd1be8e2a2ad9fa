import { scattered } from '../scattered.ts'
import {
  COLUMNS,
  ROWS,
  VISIBLE_COLUMNS,
  VISIBLE_ROWS,
  type CellRecord,
  type SheetTotals,
  type Viewport,
} from './spreadsheet.ts'

/** What everyone is to find, worked out from nothing but the inputs. */
export class SheetModel {
  readonly #inputs: number[][] = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: COLUMNS }, (__, column) => scattered(row * COLUMNS + column, 1000)),
  )

  /** The input of the first cell of a row. */
  firstInput(row: number): number {
    return this.#inputs[row]?.[0] ?? 0
  }

  setFirstInput(row: number, input: number): void {
    this.#inputs[row]?.splice(0, 1, input)
  }

  cells(): readonly CellRecord[] {
    return this.#inputs.flatMap((inputs, row) => {
      let value = 0
      return inputs.map((input, column) => {
        value += input
        return { id: row * COLUMNS + column + 1, sheet_row: row, sheet_column: column, input, value }
      })
    })
  }

  view({ row, column }: Viewport): readonly CellRecord[] {
    return this.cells().filter(
      (cell) =>
        cell.sheet_row >= row &&
        cell.sheet_row < row + VISIBLE_ROWS &&
        cell.sheet_column >= column &&
        cell.sheet_column < column + VISIBLE_COLUMNS,
    )
  }

  totals(): SheetTotals {
    return totalsOf(this.cells())
  }
}

export function totalsOf(cells: readonly CellRecord[]): SheetTotals {
  return {
    cells: cells.length,
    inputs: cells.reduce((sum, { input }) => sum + input, 0),
    values: cells.reduce((sum, { value }) => sum + value, 0),
    valuesByRow: cells.reduce((sum, cell) => sum + cell.value * cell.sheet_row, 0),
  }
}
