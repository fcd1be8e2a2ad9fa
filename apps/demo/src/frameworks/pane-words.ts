import type { DataSyncError } from '@datasync/engine'
import { describeError } from '../common/describe-error.ts'
import { formatAmount } from '../common/format.ts'
import type { PlaceRow } from '../data/place-rows.ts'
import type { ChangeTotals } from './change-totals.ts'

// What every pane says, in the same words.

export const SEARCH_LABEL = 'Search places'
export const NOTE_HINT = 'Write a note'
export const NOT_LOADED = 'This pane could not be loaded. Reload the page to try again.'
export const NO_PLACES = 'No place is called that.'
export const NO_NOTES = 'Search for a place and write the first note.'

export function describeEmpty(search: string): string {
  return search.trim() === '' ? NO_NOTES : NO_PLACES
}

export function describeRegion({ region, country }: PlaceRow): string {
  return region === country ? country : `${region}, ${country}`
}

export function describeTotals({ notes, favourites }: ChangeTotals): string {
  return `${formatAmount(notes, 'note', 'notes')} · ${formatAmount(favourites, 'favourite', 'favourites')}`
}

export function describeUnsaved(error: unknown): string {
  return `Not saved. ${describeError(error)}`
}

export function describeFailure(error: DataSyncError): string {
  return `${error.sentence} ${describeError(error)}`
}
