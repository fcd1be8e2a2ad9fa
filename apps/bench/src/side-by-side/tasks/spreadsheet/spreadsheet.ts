/** A cell shows the sum of its own input and of all inputs left of it. */
export interface CellRecord {
  readonly id: number
  readonly sheet_row: number
  readonly sheet_column: number
  readonly input: number
  readonly value: number
}

/** The cells on the screen, by the first row and the first column of them. */
export interface Viewport {
  readonly row: number
  readonly column: number
}

/** Another input for the first cell of a row, on which all others of the row depend. */
export interface Edit {
  readonly row: number
  readonly input: number
  /** By how much it is more than the last one. */
  readonly more: number
}

/** Counts and sums by which a lost or a double write is told. */
export interface SheetTotals {
  readonly cells: number
  readonly inputs: number
  readonly values: number
  /** Sum of the values, each times the number of its row. */
  readonly valuesByRow: number
}

/** The app, with its cells in whatever keeps them. */
export interface Spreadsheet {
  fill(): Promise<void>
  /** Writes the input and all that depends on it in one transaction. */
  edit(edit: Edit): Promise<void>
  /** In the order of rows, then of columns. */
  view(viewport: Viewport): Promise<readonly CellRecord[]>
  totals(): Promise<SheetTotals>
}

export const ROWS = 100
export const COLUMNS = 100
/** What the screen shows. */
export const VISIBLE_ROWS = 40
export const VISIBLE_COLUMNS = 20
