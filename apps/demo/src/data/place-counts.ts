import type { Statement } from '@datasync/engine'
import type { View } from '../view/view.ts'
import { placeSource } from './place-source.ts'

export interface CountryCount {
  readonly code: string
  readonly name: string
  readonly places: number
}

export interface Total {
  readonly total: number
}

/** How many of the places in view, but for the choice of a country, lie in each country. */
export function countryCounts(view: Pick<View, 'scope' | 'search'>): Statement<CountryCount> {
  const source = placeSource({ ...view, country: undefined })
  return {
    sql: `/* Places per country */ with counted as (
      select city.country as code, count(*) as places
      from ${source.tables} ${source.where} group by city.country
    )
    select code, country.name, places from counted join country using (code) order by country.folded`,
    parameters: source.parameters,
  }
}

export function cityTotal(): Statement<Total> {
  return { sql: '/* All places */ select count(*) as total from city', parameters: [] }
}

export function favouriteTotal(): Statement<Total> {
  return { sql: '/* Favourites */ select count(*) as total from favourite', parameters: [] }
}

export function noteTotal(): Statement<Total> {
  return { sql: '/* Notes */ select count(*) as total from note', parameters: [] }
}
