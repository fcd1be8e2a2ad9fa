import {
  createResultReader,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type ResultReader,
} from '@datasync/engine'
import { useState, useSyncExternalStore } from 'react'

/** The result of what an observer observes, which may be another one each time. */
export function useResult<Row, Data>(
  observer: QueryObserver<Row>,
  options: QueryOptions<Row, Data>,
): QueryResult<Data> {
  const [read] = useState(createResultReader<Row, Data>)
  const earlier = useEarlierData(observer, read, options.keepPrevious === true)

  return useSyncExternalStore(
    observer.subscribe,
    () => read(observer, observer.getSnapshot(), options, earlier),
    () => read(observer, observer.getServerSnapshot(), options, earlier),
  )
}

/**
 * The last rows of the queries before this one, for as long as it has none. In state rather than in
 * a ref, so that a render that React throws away leaves no trace; of the reader it asks only what it read
 * of the very query that was shown, which forgets its rows in a long pause.
 */
function useEarlierData<Row, Data>(
  observer: QueryObserver<Row>,
  read: ResultReader<Row, Data>,
  keep: boolean,
): readonly Row[] | undefined {
  const [shown, setShown] = useState<{
    readonly observer: QueryObserver<Row>
    readonly earlier: readonly Row[] | undefined
  }>({ observer, earlier: undefined })
  if (shown.observer === observer) return shown.earlier

  const earlier = keep ? (read.lastRows(shown.observer) ?? shown.earlier) : undefined
  setShown({ observer, earlier })
  return earlier
}
