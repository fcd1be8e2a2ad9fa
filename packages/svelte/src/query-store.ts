import {
  createQueryReader,
  followResults,
  observeQuery,
  type QueryOptions,
  type QueryResult,
  type QueryStatement,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { BROWSER } from 'esm-env'
import type { Readable } from 'svelte/store'
import { getDatabase } from './database-context.js'

/**
 * The same as `createQuery`, as a store: `$todos.data` in a component, with runes or without them, and
 * `subscribe` anywhere. It runs for as long as somebody is subscribed.
 *
 * A store has one statement and one set of parameters. Where they change, derive another store: its
 * first value is pending, for `keepPrevious` does not reach from one store to the next.
 *
 * @param statement - SQL text, `sql` tag or query builder; a falsy one asks nothing.
 * @param parameters - Of a statement that does not carry its own.
 *
 * @example
 * const todos = queryStore<Todo>('select * from todo order by id')
 *
 * @example
 * const { list } = $props()
 * const todos = $derived(queryStore<Todo>('select * from todo where list = ?', [list]))
 */
export function queryStore<Row = SqlRow, Data = readonly Row[]>(
  statement: QueryStatement<Row>,
  parameters?: SqlParameters,
  options: QueryOptions<Row, Data> = {},
): Readable<QueryResult<Data>> {
  const observer = observeQuery(getDatabase(options.database), statement, parameters, options)
  const read = createQueryReader<Row, Data>()
  return {
    subscribe: (run) =>
      followResults(observer, (snapshot) => read(observer, snapshot, options), !BROWSER, { next: run }),
  }
}
