import {
  createResultReader,
  observeQuery,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type ResultReader,
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
