import { readItem } from '../page-storage.ts'
import type { PlainRows } from './plain-rows.ts'

/** The form of what is kept. Another form is not read. */
export const KEPT_FORMAT = 1

/** What is kept of a database, as JSON, in one item of the storage of the page. */
export interface KeptItem {
  readonly format: typeof KEPT_FORMAT
  /** How many migrations made the schema that the rows are of. */
  readonly migrations: number
  /** By the keys of their queries. What was written last comes last. */
  readonly results: Readonly<Record<string, PlainRows>>
}

/** What is kept, unless that is of another form or another schema: then it is of no use to anybody. */
export function readKeptItem(name: string, migrations: number): KeptItem['results'] | undefined {
  const item = readItem(name) as KeptItem | undefined
  return item?.format === KEPT_FORMAT && item.migrations === migrations ? item.results : undefined
}
