import type { PlainRows } from '../live/plain-rows.ts'

/** The form of the state. One of another form was made by another version of this package. */
export const STATE_FORMAT = 1

/** The rows of one query. */
export interface DehydratedQuery extends PlainRows {
  /** The same for the same statement and parameters. */
  readonly key: string
}

/** The rows that a server had, as plain data: it survives JSON, and whatever a framework has for that. */
export interface DehydratedState {
  readonly format: typeof STATE_FORMAT
  readonly queries: readonly DehydratedQuery[]
}
