import {
  observeQuery,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { useDatabase } from './use-database.ts'
import { useResult } from './use-result.ts'

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
  return useResult(observeQuery(useDatabase(options.database), statement, parameters, options), options)
}
