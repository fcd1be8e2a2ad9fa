import type { SqlRow } from '../values.ts'
import type { QueryObserver, QuerySnapshot } from './snapshot.ts'
import { createResultReader, type QueryOptions, type QueryResult } from './query-result.ts'

/** Reads the result of one use of a query, whose observer may be another one each time. */
export type QueryReader<Row, Data> = (
  observer: QueryObserver<Row>,
  snapshot: QuerySnapshot<Row>,
  options: QueryOptions<Row, Data>,
) => QueryResult<Data>

/**
 * Like `createResultReader`, for adapters of frameworks that set a component up once and track what it
 * reads. Remembers by itself the rows that `keepPrevious` shows: where a render can be thrown away, as
 * in React, what it read must leave no trace. Calls `select` each time: it may read what is tracked.
 *
 * @example
 * const read = createQueryReader<Todo, readonly Todo[]>()
 * const { data, isStale } = read(observer, observer.getSnapshot(), { keepPrevious: true })
 */
export function createQueryReader<Row = SqlRow, Data = readonly Row[]>(): QueryReader<Row, Data> {
  const read = createResultReader<Row, Data>()
  let asked: QueryObserver<Row> | undefined
  let earlier: readonly Row[] | undefined

  return (observer, snapshot, options) => {
    if (asked !== observer) {
      earlier = options.keepPrevious === true ? ((asked && read.lastRows(asked)) ?? earlier) : undefined
      asked = observer
    }
    return read(observer, snapshot, { ...options, select: renew(options.select) }, earlier)
  }
}

/** The same function under another identity, so that nothing is remembered of its last call. */
function renew<Row, Data>(select: QueryOptions<Row, Data>['select']): QueryOptions<Row, Data>['select'] {
  return select && ((rows) => select(rows))
}
