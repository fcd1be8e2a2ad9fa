import { DataSyncError } from '../errors.ts'

/** How a result is shown by pages. */
export interface PageOptions {
  /** How many rows a page has. */
  readonly pageSize: number
  /**
   * How many pages are shown at most: with one more at one end, one at the other end goes, and costs nothing any more.
   * Unless told, all that were loaded stay.
   */
  readonly maxPages?: number | undefined
}

/** @throws DataSyncError `invalid-argument` */
export function checkPageOptions(options: Partial<PageOptions> | undefined): PageOptions {
  const { pageSize = NaN, maxPages } = options ?? {}
  for (const [name, value] of Object.entries({ pageSize, maxPages: maxPages ?? 1 })) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new DataSyncError('invalid-argument', `${name} is a whole number above 0, not ${String(value)}.`)
  }
  return { pageSize, maxPages }
}
