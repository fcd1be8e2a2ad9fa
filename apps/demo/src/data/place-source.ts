import type { SqlParameter } from '@datasync/engine'
import type { View } from '../view/view.ts'
import { matchExpression } from './match-expression.ts'

export interface PlaceSource {
  /** The tables after `from`, ending with `city`. */
  readonly tables: string
  /** Empty, or `where` with its conditions. */
  readonly where: string
  readonly parameters: readonly SqlParameter[]
}

/**
 * The places that a view shows, as the table `city` joined to whatever chooses them. `cross join`
 * keeps SQLite to the order written here: the choosers yield few rows, `city` has very many.
 */
export function placeSource({ scope, search, country }: Omit<View, 'sort'>): PlaceSource {
  const match = matchExpression(search)
  const tables: string[] = []
  const conditions: string[] = []
  const parameters: SqlParameter[] = []

  if (match !== undefined) {
    tables.push('city_search')
    conditions.push('city_search match ?', 'city.id = city_search.rowid')
    parameters.push(match)
  }
  if (scope !== 'all') {
    const chooser = scope === 'favourites' ? 'favourite' : 'note'
    tables.push(chooser)
    conditions.push(`city.id = ${chooser}.city_id`)
  }
  if (country !== undefined) {
    conditions.push('city.country = ?')
    parameters.push(country)
  }
  return {
    tables: [...tables, 'city'].join(' cross join '),
    where: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`,
    parameters,
  }
}
