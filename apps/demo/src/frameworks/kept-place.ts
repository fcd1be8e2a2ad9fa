import { matchExpression } from '../data/match-expression.ts'
import type { PlaceRow } from '../data/place-rows.ts'

/** The place that has the focus, and where in the list it stands. */
export interface FocusedPlace {
  readonly place: PlaceRow
  readonly index: number
}

/** The place of the element that gets the focus, if it belongs to one. */
export function findFocused(
  places: readonly PlaceRow[],
  target: EventTarget | null,
): FocusedPlace | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null
  const index = places.findIndex(({ id }) => String(id) === row?.dataset['place'])
  const place = places[index]
  return place && { place, index }
}

/**
 * The places, and among them the one that has the focus, though it has just lost its note: one may be
 * about to write another. Only where nothing is searched do places go for that.
 */
export function keepFocused(
  places: readonly PlaceRow[],
  focused: FocusedPlace | undefined,
  search: string,
): readonly PlaceRow[] {
  if (focused === undefined || matchExpression(search) !== undefined) return places
  const { place, index } = focused
  return places.some(({ id }) => id === place.id)
    ? places
    : places.toSpliced(index, 0, { ...place, note: null })
}
