import { computed, inject, untracked, type Signal } from '@angular/core'
import {
  createQueryReader,
  requireDatabase,
  resolveGetter,
  type Database,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type QuerySnapshot,
} from '@datasync/engine'
import { DATABASE_HANDLE, PROVIDE_DATABASE } from './database-handle.ts'
import { injectDatabase } from './inject-database.ts'
import { injectSnapshot } from './inject-snapshot.ts'

/** What a component has of a query that may be another one each time. */
export interface InjectedObserver<Row, Data, Observer> {
  readonly observer: Signal<Observer>
  readonly latest: Signal<QuerySnapshot<Row>>
  readonly result: Signal<QueryResult<Data>>
}

/**
 * Follows what `prepare` gives a way to observe: what `prepare` itself reads of signals is tracked. It is not
 * called at once, for it may read inputs that have no value yet.
 */
export function injectObserver<
  Row,
  Data,
  Options extends QueryOptions<Row, Data>,
  Observer extends QueryObserver<Row>,
>(
  options: Options | (() => Options),
  prepare: (options: Options) => (database: Database) => Observer,
): InjectedObserver<Row, Data, Observer> {
  const fallback =
    typeof options === 'function'
      ? inject(DATABASE_HANDLE, { optional: true })
      : injectDatabase(options.database)
  const given = computed(() => resolveGetter(options))
  const observer = computed(() => {
    const chosen = given()
    const observe = prepare(chosen)
    const database = requireDatabase(chosen.database ?? fallback ?? undefined, PROVIDE_DATABASE)
    return untracked(() => observe(database))
  })
  const latest = injectSnapshot<QuerySnapshot<Row>>(observer, () => observer().getServerSnapshot())
  const read = createQueryReader<Row, Data>()
  const result = computed(() => read(observer(), latest(), given()))
  return { observer, latest, result }
}
