import type { ErrorRecord } from '../errors.ts'
import type { ColumnBlock } from './protocol.ts'

/**
 * How to make the new rows of a live query from the old ones. `segments` is a flat list of pairs:
 * `[from, count]` copies `count` rows of the old result starting at row `from`; `[-1, count]` takes
 * the next `count` rows of `fresh`. Rows that did not change are never sent.
 */
export interface Patch {
  readonly segments: readonly number[]
  readonly fresh: ColumnBlock
}

/** Why a live query ran. */
export type RunCause =
  | { readonly kind: 'subscribed' | 'refetched' | 'schema' | 'resumed' | 'imported' }
  | { readonly kind: 'changed'; readonly tables: readonly TableChange[] }

export interface RunReport {
  readonly cause: RunCause
  readonly durationMs: number
  /** How many rows the result has. */
  readonly rowCount: number
  /** Whether the result differed from the one before. */
  readonly changed: boolean
}

/** News of one live query: a run, with its patch if the result differed, or the error it ended in. */
export interface LiveUpdate {
  readonly live: number
  readonly run: RunReport
  readonly patch: Patch | undefined
  readonly error: ErrorRecord | undefined
}

/** What a commit did to one table: which columns, or (`undefined`) whole rows. */
export interface TableChange {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[] | undefined
}

/** One commit, or several that were delivered together. */
export interface ChangeSet {
  /** Number of the newest commit, counted from the opening of the engine. */
  readonly commit: number
  readonly changes: readonly TableChange[]
  /** Whether the schema changed, or so much that single tables cannot be told. */
  readonly everything: boolean
}
