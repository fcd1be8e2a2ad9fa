export const SCOPES = ['all', 'favourites', 'notes'] as const
export type Scope = (typeof SCOPES)[number]

export const SORT_COLUMNS = ['name', 'region', 'country', 'latitude', 'longitude'] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]

export interface Sort {
  readonly column: SortColumn
  readonly descending: boolean
}

/** What the page shows: which places, and in which order. */
export interface View {
  readonly scope: Scope
  /** As it is typed. */
  readonly search: string
  /** An ISO 3166 code. */
  readonly country: string | undefined
  /** `undefined`: the best match first where there is a search, else by name. */
  readonly sort: Sort | undefined
}

export const DEFAULT_VIEW: View = { scope: 'all', search: '', country: undefined, sort: undefined }

/** The next order when the head of `column` is pressed: ascending, descending, then the default. */
export function nextSort(sort: Sort | undefined, column: SortColumn): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? undefined : { column, descending: true }
}

/** `name`, or `-name` for descending. */
export function sortToText(sort: Sort | undefined): string {
  return sort === undefined ? '' : `${sort.descending ? '-' : ''}${sort.column}`
}

export function textToSort(text: string): Sort | undefined {
  const descending = text.startsWith('-')
  const column = SORT_COLUMNS.find((name) => name === text.slice(descending ? 1 : 0))
  return column === undefined ? undefined : { column, descending }
}
