import {
  createQueryReader,
  resolveGetter,
  type Database,
  type MaybeGetter,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
} from '@datasync/engine'
import { BROWSER } from 'esm-env'
import { untrack } from 'svelte'
import { getDatabase } from './database-context.js'
import { followSnapshot } from './follow-snapshot.svelte.js'

/** What a component has of a query that may be another one each time. */
export interface FollowedQuery<Observer, Result> {
  /** To be called wherever one of the fields is about to be read. */
  readonly follow: () => void
  /** One each, so that what reads the rows does not run again because `isFetching` changed. */
  readonly field: <Name extends keyof Result>(name: Name) => () => Result[Name]
  readonly ready: () => Promise<void>
  /** What is asked at the moment, without tracking that. */
  readonly observer: () => Observer
}

/** Follows what `observe` gives. What it reads of state and props is tracked. */
export function followQuery<
  Row,
  Data,
  Options extends QueryOptions<Row, Data>,
  Observer extends QueryObserver<Row>,
  Result extends QueryResult<Data> = QueryResult<Data>,
>(
  options: MaybeGetter<Options>,
  observe: (database: Database, options: Options) => Observer,
): FollowedQuery<Observer, Result> {
  const given = $derived(resolveGetter(options))
  const database = $derived(getDatabase(given.database))
  // That there is none is told here rather than where the query is read.
  untrack(() => void database)
  const observer = $derived(observe(database, given))
  const followed = $derived(followSnapshot(observer, observer.getServerSnapshot))
  const read = createQueryReader<Row, Data>()
  // The result of an observer of pages has them in it.
  const result = $derived(read(observer, followed.snapshot, given) as Result)

  return {
    follow: () => followed.follow(),
    field: (name) => {
      const value = $derived(result[name])
      return () => value
    },
    ready: () => (BROWSER ? observer.load() : Promise.resolve()),
    observer: () => untrack(() => observer),
  }
}
