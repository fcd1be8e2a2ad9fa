import type { SqlParameter } from '@datasync/engine'
import type { Sort } from '../view/view.ts'
import { foldText } from './fold-text.ts'

/** An `order by`, term by term, so that it can be written twice: see place-rows.ts. */
export interface PlaceOrder {
  readonly terms: readonly { readonly sql: string; readonly descending: boolean }[]
  readonly parameters: readonly SqlParameter[]
  /** The table that a term needs beside `city`, and how they belong together. */
  readonly join: { readonly table: string; readonly on: string } | undefined
}

/** Each order is one that an index of migrations.ts yields without sorting, and ends with a unique term. */
export function placeOrder(sort: Sort | undefined, search: string | undefined): PlaceOrder {
  if (sort === undefined && search !== undefined) return orderByMatch(search)
  const { column, descending } = sort ?? { column: 'name', descending: false }
  const by = (...terms: readonly string[]) => terms.map((sql) => ({ sql, descending }))
  const then = (...terms: readonly string[]) => terms.map((sql) => ({ sql, descending: false }))
  switch (column) {
    case 'name':
      return { terms: by('city.folded', 'city.id'), parameters: [], join: undefined }
    case 'region':
      return {
        terms: [...by('region.folded', 'region.id'), ...then('city.folded', 'city.id')],
        parameters: [],
        join: { table: 'region', on: 'region.id = city.region_id' },
      }
    case 'country':
      return {
        terms: [...by('country.folded'), ...then('city.folded', 'city.id')],
        parameters: [],
        join: { table: 'country', on: 'country.code = city.country' },
      }
    case 'latitude':
    case 'longitude':
      return { terms: by(`city.${column}`, 'city.id'), parameters: [], join: undefined }
  }
}

/**
 * The very name first, then names that begin with the words typed, then with the letters, then all
 * else; among equals the shortest, which is the least specific. FTS5's own `bm25` is made for prose:
 * for "san" it puts Sant'Elena Sannita, where two words match, before San José.
 */
function orderByMatch(search: string): PlaceOrder {
  const folded = foldText(search)
  const terms = [
    'city.folded <> ?',
    'city.folded not like ?',
    'city.folded not like ?',
    'length(city.folded)',
    'city.folded',
    'city.id',
  ]
  return {
    terms: terms.map((sql) => ({ sql, descending: false })),
    // Folding has left no `%` and no `_`.
    parameters: [folded, `${folded} %`, `${folded}%`],
    join: undefined,
  }
}
