import {
  createResultReader,
  type QueryObserver,
  type QueryOptions,
  type QueryResult,
  type SqlParameters,
  type SqlRow,
  type StatementInput,
} from '@datasync/engine'
import { use, useState, useSyncExternalStore } from 'react'
import { useDatabase } from './use-database.ts'

export type SuspenseQueryOptions<Row = SqlRow, Data = readonly Row[]> = Pick<
  QueryOptions<Row, Data>,
  'select' | 'persist' | 'database'
>

/** A result whose `data` is there. If a later run failed, it has an `error`, and `data` is the last good. */
export type SuspenseQueryResult<Data> = Extract<QueryResult<Data>, { readonly isPending: false }> & {
  readonly data: Data
}

/**
 * Like `useQuery`, for trees with `<Suspense>` and an error boundary: it suspends until the first
 * result, and throws the error of a first run. Wrap changes of parameters in `startTransition` or
 * `useDeferredValue` and the old rows stay on screen while the new ones are read.
 *
 * On a server it throws, unless the rows are there (`HydrationBoundary`), which makes React send the fallback and
 * render the component in the browser. With `persist`, the rows of the last visit are there at once.
 *
 * @example
 * const { data } = useSuspenseQuery<Todo>('select * from todo where list = ?', [list])
 * return data.map((todo) => <Item key={todo.id} todo={todo} />)
 */
export function useSuspenseQuery<Row = SqlRow, Data = readonly Row[]>(
  statement: StatementInput<Row>,
  parameters?: SqlParameters,
  options: SuspenseQueryOptions<Row, Data> = {},
): SuspenseQueryResult<Data> {
  const database = useDatabase(options.database)
  const observer = database.observe<Row>(statement, parameters, options)
  const [read] = useState(createResultReader<Row, Data>)
  // Unconditional, as React asks of a component that suspended once.
  use(observer.load())

  const getResult = (): QueryResult<Data> => read(observer, observer.getSnapshot(), options, undefined)
  // Of what a server could not draw, hydration comes this far only when there is a result.
  const getServerResult = (): QueryResult<Data> => {
    const drawn = observer.getServerSnapshot()
    return drawn.data === undefined ? getResult() : read(observer, drawn, options, undefined)
  }
  const result = useSyncExternalStore(observer.subscribe, getResult, getServerResult)
  if (!hasRows(observer, result)) throw result.error
  return result
}

/** Asks for rows, not for `data`: `select` may make `undefined` of them. */
function hasRows<Row, Data>(
  observer: QueryObserver<Row>,
  result: QueryResult<Data>,
): result is SuspenseQueryResult<Data> {
  return !result.isPending && observer.getSnapshot().data !== undefined
}
