import type { ErrorRecord } from '../errors.ts'
import type { ColumnBlock } from './protocol.ts'
import type { WindowState } from './window-protocol.ts'

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
  | { readonly kind: 'subscribed' | 'refetched' | 'moved' | 'schema' | 'resumed' | 'imported' }
  | { readonly kind: 'changed'; readonly tables: readonly TableChange[] }

export interface RunReport {
  readonly cause: RunCause
  readonly durationMs: number
  /** How many rows the result has. */
  readonly rowCount: number
  /** How many rows SQLite gave for it: all of the result, or those that changed. */
  readonly rowsRead: number
  /** Whether the result differed from the one before. */
  readonly changed: boolean
}

/** News of one live query: a run, with its patch if the result differed, or the error it ended in. */
export interface LiveUpdate {
  readonly live: number
  readonly run: RunReport
  readonly patch: Patch | undefined
  readonly error: ErrorRecord | undefined
  /** Of one that shows a part of the result: which, as of this run. There may be one row more than that. */
  readonly window: WindowState | undefined
}

/**
 * How finely it is told which commits matter to a live query: any of them (`everything`); those that write to a table
 * that it reads; to a column that it reads; to a row that it may show, by the conditions of its WHERE clause. Where it
 * is `incremental`, a commit that matters costs no more than the rows that it changed: only those are evaluated again.
 */
export type Tracking = 'everything' | 'table' | 'column' | 'predicate' | 'incremental'

/** How a live query is tracked by one of the tables that it reads. */
export interface TableTracking {
  readonly schema: string
  readonly table: string
  readonly tracking: Tracking
  /** The columns that it depends on, or (`undefined`) all. */
  readonly columns: readonly string[] | undefined
  /** What a row has to fulfil to matter, as SQL. */
  readonly conditions: readonly string[]
  /** Why it is not tracked more finely, as a sentence; undefined where it could not be. */
  readonly limit: string | undefined
}

/** How a live query is tracked, and why not more finely. */
export interface QueryExplanation {
  /** The coarsest of its tables. */
  readonly tracking: Tracking
  readonly tables: readonly TableTracking[]
  /** Why, as a sentence, if that is not a matter of single tables. */
  readonly limit: string | undefined
  /** Why it is run whole rather than for the rows that changed, as a sentence; undefined where it is not. */
  readonly wholeRuns: string | undefined
  /** Why rows that come before a page shift it, as a sentence; undefined where they do not, or there are no pages. */
  readonly shifts: string | undefined
  /** About how much memory the engine takes for its result, in bytes. */
  readonly keptBytes: number
  /** The last run, and why it ran. Runs that changed nothing are told only while reports are subscribed to. */
  readonly lastRun: RunReport | undefined
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
