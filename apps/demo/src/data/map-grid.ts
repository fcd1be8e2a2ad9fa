/** Cells of half a degree, counted from the south-west, row by row. Kept in the column `city.cell`. */
const CELLS_PER_DEGREE = 2
const COLUMNS = 360 * CELLS_PER_DEGREE

export function cellOf(latitude: number, longitude: number): number {
  const row = Math.floor((latitude + 90) * CELLS_PER_DEGREE)
  const column = Math.min(COLUMNS - 1, Math.floor((longitude + 180) * CELLS_PER_DEGREE))
  return row * COLUMNS + column
}

/** The middle of a cell, in degrees. */
export function centerOf(cell: number): { readonly latitude: number; readonly longitude: number } {
  const row = Math.floor(cell / COLUMNS)
  const column = cell % COLUMNS
  return {
    latitude: (row + 0.5) / CELLS_PER_DEGREE - 90,
    longitude: (column + 0.5) / CELLS_PER_DEGREE - 180,
  }
}
