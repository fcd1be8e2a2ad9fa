import { toStatement } from '../calls/to-statement.ts'
import { DataSyncError } from '../errors.ts'
import type { Database } from '../handle.ts'
import { queryKey } from '../link/query-key.ts'
import { createFixedObserver } from '../live/fixed-observer.ts'
import type { Seed } from '../live/seed.ts'
import type { ObserveOptions, QueryObserver } from '../live/snapshot.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters } from '../values.ts'

/** Seeds by the keys of their queries. */
export type Seeds = ReadonlyMap<string, Seed>

/** A handle like `database`, whose queries have these rows and never others: for one render on a server. */
export function withServerRows(database: Database, seeds: Seeds): Database {
  const observers = new Map([...seeds].map(([key, { snapshot }]) => [key, createFixedObserver(snapshot)]))
  const observe = <Row>(
    statement: StatementInput<Row>,
    parameters?: SqlParameters,
    options?: ObserveOptions,
  ): QueryObserver<Row> => {
    const key = keyOf(statement, parameters)
    const observer = key === undefined ? undefined : observers.get(key)
    return (observer as QueryObserver<Row> | undefined) ?? database.observe(statement, parameters, options)
  }
  // Inherits from the handle, whose methods need no `this`.
  return Object.create(database, { observe: { value: observe, enumerable: true } }) as Database
}

/** What cannot be asked has no key, and is left to the handle to report. */
function keyOf(statement: unknown, parameters: SqlParameters | undefined): string | undefined {
  try {
    return queryKey(toStatement(statement, parameters))
  } catch (error) {
    if (error instanceof DataSyncError) return undefined
    throw error
  }
}
