import type { Statement } from '@datasync/engine'
import { matchExpression } from '../data/match-expression.ts'
import { placeRows, type PlaceRow } from '../data/place-rows.ts'
import { DEFAULT_VIEW } from '../view/view.ts'

/** As many rows as a pane has room for. */
const ROWS = 6

/** What every pane looks for before anybody types: a name that there is all over the world. */
export const FIRST_SEARCH = 'victoria'

/** The first places that a search finds; where nothing is typed, those that have notes. */
export function placesLike(search: string): Statement<PlaceRow> {
  const scope = matchExpression(search) === undefined ? 'notes' : 'all'
  return placeRows({ ...DEFAULT_VIEW, scope, search }, 0, ROWS)
}
