import type { DataSyncError } from '../errors.ts'
import type { SqlRow } from '../values.ts'
import type {
  ObserveOptions,
  PagesCalls,
  PagesObserver,
  PagesState,
  QueryObserver,
  QuerySnapshot,
} from './snapshot.ts'
import type { PageOptions } from './page-options.ts'
import type { DatabaseChoice } from './database-choice.ts'
import { shareStructure } from './share-structure.ts'

/** What every adapter lets its users say about one use of a live query. */
export interface QueryOptions<Row = SqlRow, Data = readonly Row[]> extends DatabaseChoice, ObserveOptions {
  /** `false` asks nothing: the result is pending, and not being fetched. */
  readonly enabled?: boolean | undefined
  /** Shown until there are rows, in their place. */
  readonly initialData?: readonly NoInfer<Row>[] | undefined
  /**
   * Show the rows of the parameters before these until those of these are there, marked `isStale`. So
   * too the rows from before a pause, when a component that was hidden is shown again.
   */
  readonly keepPrevious?: boolean | undefined
  /**
   * Makes `data` of the rows. In React it is called when they change, or when it is itself another
   * function, as one that is written inline is; where a framework tracks what is read, whenever
   * anything of the result changes. Parts of what it makes that are equal to those before keep their
   * identity.
   */
  readonly select?: ((rows: readonly Row[]) => Data) | undefined
}

/** The same of one use of a live query that is shown by pages. */
export interface InfiniteQueryOptions<Row = SqlRow, Data = readonly Row[]>
  extends Omit<QueryOptions<Row, Data>, 'persist'>, PageOptions {}

interface QueryResultBase {
  /** A run is under way whose end will be shown. */
  readonly isFetching: boolean
  /** `data` belongs to earlier parameters, is from before a pause, or from before there was an engine. */
  readonly isStale: boolean
  /** Runs the query again. Settles, never rejecting, when the result is there. */
  readonly refetch: () => Promise<void>
}

/**
 * What every adapter gives its users. `data` is kept during re-runs and errors. It is `pending` as
 * long as there is nothing to show; rows of earlier parameters and initial data are something.
 */
export type QueryResult<Data> = QueryResultBase &
  (
    | {
        readonly status: 'pending'
        readonly isPending: true
        readonly data: undefined
        readonly error: undefined
      }
    | {
        readonly status: 'success'
        readonly isPending: false
        readonly data: Data
        readonly error: undefined
      }
    | {
        readonly status: 'error'
        readonly isPending: false
        readonly data: Data | undefined
        readonly error: DataSyncError
      }
  )

/** The same of a live query that is shown by pages: `data` is made of the rows of all that are shown. */
export type InfiniteQueryResult<Data> = QueryResult<Data> & PagesState & PagesCalls

/** Reads the results of one use of a query. */
export interface ResultReader<Row, Data> {
  /**
   * The result now. `earlier` are the last rows of the parameters before these, if they are to be kept.
   * Answers with the same object for as long as nothing in it changed.
   */
  (
    observer: QueryObserver<Row>,
    snapshot: QuerySnapshot<Row>,
    options: QueryOptions<Row, Data>,
    earlier: readonly Row[] | undefined,
  ): QueryResult<Data>
  /** The last rows of an observer, if it has some, or forgot them after they were read to be kept. */
  readonly lastRows: (observer: QueryObserver<Row>) => readonly Row[] | undefined
}

/**
 * Makes the reader for one use of a query: one per component, kept for as long as it lives. For
 * adapters: what `useQuery` and its like return.
 *
 * @example
 * const read = createResultReader<Todo, readonly Todo[]>()
 * const observer = db.observe<Todo>('select * from todo')
 * const { data, isPending } = read(observer, observer.getSnapshot(), {}, undefined)
 */
export function createResultReader<Row = SqlRow, Data = readonly Row[]>(): ResultReader<Row, Data> {
  const select = createSelection<Row, Data>()
  let last: QueryResult<Data> | undefined
  let seen: { readonly observer: QueryObserver<Row>; readonly rows: readonly Row[] } | undefined

  // An observer that nobody subscribes to forgets its rows after a while, for they grow old.
  const lastRows = (observer: QueryObserver<Row>): readonly Row[] | undefined =>
    observer.getSnapshot().data ?? (seen?.observer === observer ? seen.rows : undefined)

  const read = (
    observer: QueryObserver<Row>,
    snapshot: QuerySnapshot<Row>,
    options: QueryOptions<Row, Data>,
    earlier: readonly Row[] | undefined,
  ): QueryResult<Data> => {
    if (options.keepPrevious !== true) seen = undefined
    else if (snapshot.data !== undefined) seen = { observer, rows: snapshot.data }
    const old = seen?.observer === observer ? seen.rows : earlier
    const rows = snapshot.data ?? old ?? options.initialData
    const shown = rows && { data: select(rows, options.select) }
    const isStale = snapshot.data === undefined ? old !== undefined : snapshot.isStale
    const next = toResult(observer, snapshot, shown, isStale)
    if (last === undefined || !isSameResult(last, next)) last = Object.freeze(next)
    return last
  }
  return Object.assign(read, { lastRows })
}

/** Something to show. In an object, because `select` may well make `undefined` of rows that are there. */
interface Shown<Data> {
  readonly data: Data
}

function toResult<Row, Data>(
  observer: QueryObserver<Row> | PagesObserver<Row>,
  snapshot: QuerySnapshot<Row>,
  shown: Shown<Data> | undefined,
  isStale: boolean,
): QueryResult<Data> {
  const { refetch } = observer
  const { error } = snapshot
  const calls = 'loadNext' in observer && { loadNext: observer.loadNext, loadPrevious: observer.loadPrevious }
  // With the state of its pages, where it has some.
  const base = { ...snapshot, ...calls, isStale, refetch }
  if (error !== undefined) return { ...base, status: 'error', isPending: false, data: shown?.data, error }
  if (shown === undefined) {
    return { ...base, status: 'pending', isPending: true, data: undefined, error: undefined }
  }
  return { ...base, status: 'success', isPending: false, data: shown.data, error: undefined }
}

/** Remembers what `select` made of the latest rows. */
function createSelection<Row, Data>(): (
  rows: readonly Row[],
  select: QueryOptions<Row, Data>['select'],
) => Data {
  let last:
    | {
        readonly rows: readonly Row[]
        readonly select: QueryOptions<Row, Data>['select']
        readonly data: Data
      }
    | undefined

  return (rows, select) => {
    if (last !== undefined && last.rows === rows && last.select === select) return last.data
    // Without `select` there is nothing to make: `Data` is then the rows' own type.
    const made = select === undefined ? (rows as unknown as Data) : select(rows)
    const data = select === undefined ? made : shareStructure(last?.data, made)
    last = { rows, select, data }
    return data
  }
}

function isSameResult<Data>(a: QueryResult<Data>, b: QueryResult<Data>): boolean {
  const names = Object.keys(b) as (keyof QueryResult<Data>)[]
  return names.every((name) => Object.is(a[name], b[name]))
}
