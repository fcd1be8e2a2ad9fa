import type { Statement } from '@datasync/engine'
import type { View } from '../view/view.ts'
import { placeSource } from './place-source.ts'

export interface MapCell {
  /** The square of the world, as the column `city.cell` counts them. */
  readonly cell: number
  readonly places: number
}

/** Where in the world the places lie. */
export function worldCells(): Statement<MapCell> {
  return {
    sql: '/* Map of the world */ select cell, count(*) as places from city group by cell',
    parameters: [],
  }
}

/** Where in the world the places in view lie. */
export function viewCells(view: Omit<View, 'sort'>): Statement<MapCell> {
  const source = placeSource(view)
  return {
    sql: `/* Matches on the map */ select city.cell as cell, count(*) as places
      from ${source.tables} ${source.where} group by city.cell`,
    parameters: source.parameters,
  }
}
