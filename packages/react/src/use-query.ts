import {
  createResultReader,
  observeQuery,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { useState, useSyncExternalStore } from 'react'
import { useDatabase } from './use-database.ts'

/**
 * The rows of a statement, kept up to date: the component renders again when a commit changes them,
 * and only then. Components that ask the same share one live query, so parameters may be written
 * inline. Changes of the statement or its parameters switch to another query at once.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const { data, error, isPending } = useQuery<Todo>('select * from todo where list = ?', [list])
 * if (isPending) return <Spinner />
 */
export function useQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: QueryStatement<Row>,
  parameters?: SqlParameters,
  options: QueryOptions<Row, Data> = {},
): QueryResult<Data> {
  const observer = observeQuery(useDatabase(options.database), statement, parameters, options)
  const earlier = useEarlierData(observer, options.keepPrevious === true)
  const [read] = useState(createResultReader<Row, Data>)

  return useSyncExternalStore(
    observer.subscribe,
    () => read(observer, observer.getSnapshot(), options, earlier),
    () => read(observer, observer.getServerSnapshot(), options, earlier),
  )
}

/**
 * The last rows of the queries before this one, for as long as it has none. In state rather than in
 * a ref, so that a render that React throws away leaves no trace.
 */
function useEarlierData<Row>(observer: QueryObserver<Row>, keep: boolean): readonly Row[] | undefined {
  const [shown, setShown] = useState<{
    readonly observer: QueryObserver<Row>
    readonly earlier: readonly Row[] | undefined
  }>({ observer, earlier: undefined })
  if (shown.observer === observer) return shown.earlier

  const earlier = keep ? (shown.observer.getSnapshot().data ?? shown.earlier) : undefined
  setShown({ observer, earlier })
  return earlier
}
