import type { DataSyncError } from '../errors.ts'
import type { QueryExplanation } from '../link/live-protocol.ts'
import type { SqlRow } from '../values.ts'

/**
 * What a live query knows at one moment: frozen, and replaced by another object only when its
 * content changes. Rows that did not change keep their identity from one snapshot to the next.
 */
export interface QuerySnapshot<Row = SqlRow> {
  readonly status: 'pending' | 'success' | 'error'
  /** The last good rows, kept during re-runs and errors; `undefined` before the first. */
  readonly data: readonly Row[] | undefined
  readonly error: DataSyncError | undefined
  /** A first run or a `refetch` is under way. */
  readonly isFetching: boolean
  /**
   * `data` is from before there was an engine: rows that a server gave (`hydrate`), or that were kept when the
   * page was last here (`persist`). The first live result takes their place.
   */
  readonly isStale: boolean
}

/** What can be said of a live query as it is asked for. */
export interface ObserveOptions {
  /**
   * Keeps the last result in the storage of the page. At the next start it is shown at once, marked `isStale`,
   * until the live one is there. Results of more than some 50,000 characters are not kept, nor those of a database in
   * memory.
   */
  readonly persist?: boolean | undefined
}

/** What is known of the pages before and after those that are shown. */
export interface PagesState {
  /** Whether there are more rows after those that are shown. */
  readonly hasNext: boolean
  /** Whether the rows that are shown begin after the first: there were some before them when they last moved. */
  readonly hasPrevious: boolean
  readonly isLoadingNext: boolean
  readonly isLoadingPrevious: boolean
}

/** How to move on to other pages. */
export interface PagesCalls {
  /**
   * Shows one page more at the end. Settles, never rejecting, when it is shown or cannot be, which `error` tells. Without
   * more rows there, nothing happens; without a first page, that is loaded.
   */
  readonly loadNext: () => Promise<void>
  /** The same before the first row that is shown. */
  readonly loadPrevious: () => Promise<void>
}

/** What a live query that is shown by pages knows at one moment. `data` are the rows of all pages that are shown. */
export interface PagesSnapshot<Row = SqlRow> extends QuerySnapshot<Row>, PagesState {}

/** A value that changes over time: read it, and hear when to read it again. Both work unbound. */
export interface Readable<Value> {
  readonly getSnapshot: () => Value
  /** `listener` is never called during `subscribe`. Returns the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A live query, shared by all that ask for the same statement with the same parameters. */
export interface QueryObserver<Row = SqlRow> extends Readable<QuerySnapshot<Row>> {
  /**
   * What a server renders and a client hydrates: always the same object, pending or with the rows that the
   * server gave (`hydrate`).
   */
  readonly getServerSnapshot: () => QuerySnapshot<Row>
  /**
   * Starts the first run if nobody has yet, and settles, never rejecting, when there is a result, be it
   * one that `isStale`, or an error. The same promise each time, and marked `status: 'fulfilled'` once it settled, so
   * that React's `use` does not wait for a result that is there.
   */
  readonly load: () => Promise<void>
  /** Runs the query again, though nothing it reads has changed. Settles like `load`. */
  readonly refetch: () => Promise<void>
  /**
   * How it is told which commits matter to the query, why not more finely, and why it last ran: to learn to write
   * queries that are cheap. Runs the query first if nobody has yet.
   *
   * @example
   * const { tracking, tables } = await db.observe('select * from item where id = ?', [7]).explain()
   * tracking // → 'incremental'
   * tables[0]?.conditions // → ['id = 7']
   * @throws DataSyncError as a query does that cannot be asked, and `host-changed` if the engine moves meanwhile
   */
  readonly explain: () => Promise<QueryExplanation>
}

/** A live query of which some pages are shown, shared by all that ask for the same in pages of the same size. */
export interface PagesObserver<Row = SqlRow> extends QueryObserver<Row>, PagesCalls {
  readonly getSnapshot: () => PagesSnapshot<Row>
  readonly getServerSnapshot: () => PagesSnapshot<Row>
}
