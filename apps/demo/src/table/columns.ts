import { SORT_COLUMNS } from '../view/view.ts'
import type { SortColumn } from '../view/view.ts'

export type TableLayout = 'narrow' | 'medium' | 'wide'
export type TableColumn = SortColumn | 'favourite' | 'note'

/** The cells of a row from left to right. Narrow, the rest stands below the name. */
export const COLUMNS: Readonly<Record<TableLayout, readonly TableColumn[]>> = {
  narrow: ['name', 'note', 'favourite'],
  medium: ['favourite', 'name', 'region', 'country', 'note'],
  wide: ['favourite', 'name', 'region', 'country', 'latitude', 'longitude', 'note'],
}

export const COLUMN_TITLES: Readonly<Record<TableColumn, string>> = {
  favourite: 'Favourite',
  name: 'Name',
  region: 'Region',
  country: 'Country',
  latitude: 'Latitude',
  longitude: 'Longitude',
  note: 'Note',
}

/** Pixels. Rows are of one height, so that any place in the table can be scrolled to unseen. */
export const ROW_HEIGHT: Readonly<Record<TableLayout, number>> = { narrow: 68, medium: 44, wide: 44 }
export const HEAD_HEIGHT: Readonly<Record<TableLayout, number>> = { narrow: 0, medium: 40, wide: 40 }

export function isSortColumn(column: TableColumn): column is SortColumn {
  return SORT_COLUMNS.some((name) => name === column)
}
