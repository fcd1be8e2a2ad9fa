import { foldText } from '../src/data/fold-text.ts'
import type { SortColumn, View } from '../src/view/view.ts'

/** A place as the tests know it, apart from the database. */
export interface PlaceModel {
  readonly id: number
  readonly name: string
  readonly folded: string
  readonly regionId: number
  readonly region: string
  readonly foldedRegion: string
  readonly country: string
  readonly foldedCountry: string
  readonly latitude: number
  readonly longitude: number
  readonly cell: number
  readonly isFavourite: boolean
  readonly note: string | null
}

/** What a view shows, and in which order, found by looking at every place. */
export function placesInView(places: readonly PlaceModel[], view: View): readonly PlaceModel[] {
  const words = foldText(view.search).split(' ').filter(Boolean)
  return places
    .filter((place) => view.scope !== 'favourites' || place.isFavourite)
    .filter((place) => view.scope !== 'notes' || place.note !== null)
    .filter((place) => view.country === undefined || place.country === view.country)
    .filter((place) => words.every((word) => wordsOf(place).some((known) => known.startsWith(word))))
    .toSorted((first, second) => compare(keysOf(first, view), keysOf(second, view)))
}

function wordsOf({ folded, foldedRegion }: PlaceModel): readonly string[] {
  return [...folded.split(' '), ...foldedRegion.split(' ')]
}

type Key = readonly [value: string | number | boolean, descending: boolean]

function keysOf(place: PlaceModel, { sort, search }: View): readonly Key[] {
  const typed = foldText(search)
  if (sort === undefined && typed !== '') {
    const isLonger = !place.folded.startsWith(`${typed} `)
    return ascending(
      place.folded !== typed,
      isLonger,
      !place.folded.startsWith(typed),
      Array.from(place.folded).length,
      ...byName(place),
    )
  }
  const { column, descending } = sort ?? { column: 'name', descending: false }
  const [leading, following] = sortKeys(place, column)
  return [...leading.map((value) => [value, descending] as const), ...ascending(...following)]
}

/** Those that follow the direction, and those that are ascending either way. */
function sortKeys(
  place: PlaceModel,
  column: SortColumn,
): readonly [(string | number)[], (string | number)[]] {
  switch (column) {
    case 'name':
      return [byName(place), []]
    case 'region':
      return [[place.foldedRegion, place.regionId], byName(place)]
    case 'country':
      return [[place.foldedCountry], byName(place)]
    case 'latitude':
    case 'longitude':
      return [[place[column], place.id], []]
  }
}

function byName({ folded, id }: PlaceModel): [string, number] {
  return [folded, id]
}

function ascending(...values: readonly (string | number | boolean)[]): readonly Key[] {
  return values.map((value) => [value, false] as const)
}

function compare(first: readonly Key[], second: readonly Key[]): number {
  for (const [index, [value, descending]] of first.entries()) {
    const other = second[index]?.[0] ?? value
    const order =
      typeof value === 'string'
        ? // As SQLite orders text: by the bytes of its UTF-8.
          Buffer.compare(Buffer.from(value), Buffer.from(String(other)))
        : Number(value) - Number(other)
    if (order !== 0) return descending ? -order : order
  }
  return 0
}
