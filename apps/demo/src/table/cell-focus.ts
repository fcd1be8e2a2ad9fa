/** What the control in a cell is given, for it takes the focus in place of the cell. */
export interface CellFocus {
  readonly 'data-cell': string
  readonly tabIndex: number
}
