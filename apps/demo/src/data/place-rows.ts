import type { Statement } from '@datasync/engine'
import type { View } from '../view/view.ts'
import { matchExpression } from './match-expression.ts'
import { placeOrder } from './place-order.ts'
import type { PlaceOrder } from './place-order.ts'
import { placeSource } from './place-source.ts'
import type { PlaceSource } from './place-source.ts'

/** Rows a live query of the table: a screen or two. */
export const ROWS_PER_PAGE = 60

export interface PlaceRow {
  readonly id: number
  readonly name: string
  readonly region: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  readonly favourite: 0 | 1
  readonly note: string | null
}

/**
 * One page of the table. The ids are chosen first, from an index alone, so that the rows before a
 * far page cost next to nothing; only the rows of the page are then joined. Their order is stated
 * again, for a join promises none.
 */
export function placeRows(view: View, page: number, rowsPerPage = ROWS_PER_PAGE): Statement<PlaceRow> {
  const source = placeSource(view)
  const isSearch = matchExpression(view.search) !== undefined
  const order = placeOrder(view.sort, isSearch ? view.search : undefined)
  const keys = order.terms.map((term, index) => `${term.sql} as key${index}`)
  const orderBy = order.terms.map((term, index) => `key${index}${term.descending ? ' desc' : ''}`).join(', ')
  return {
    sql: `/* Rows of the table */ with page as (
      select city.id as city_id, ${keys.join(', ')}
      ${fromInOrder(source, order)}
      order by ${orderBy} limit ? offset ?
    )
    select city.id, city.name, region.name as region, country.name as country,
      city.latitude, city.longitude,
      favourite.city_id is not null as favourite, note.body as note
    from page
    join city on city.id = page.city_id
    join region on region.id = city.region_id
    join country on country.code = city.country
    left join favourite on favourite.city_id = city.id
    left join note on note.city_id = city.id
    order by ${orderBy}`,
    parameters: [...order.parameters, ...source.parameters, rowsPerPage, page * rowsPerPage],
  }
}

/** Where nothing narrows the places, the table that they are sorted by leads, and nothing is sorted. */
function fromInOrder(source: PlaceSource, { join }: PlaceOrder): string {
  if (join === undefined) return `from ${source.tables} ${source.where}`
  if (source.where === '') return `from ${join.table} cross join ${source.tables} where ${join.on}`
  return `from ${source.tables} join ${join.table} on ${join.on} ${source.where}`
}
