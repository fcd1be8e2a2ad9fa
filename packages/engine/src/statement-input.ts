import type { SqlParameters, SqlRow } from './values.ts'

declare const rowType: unique symbol

/** A statement with its parameters and, for the type checker alone, the type of its rows. */
export interface Statement<Row = SqlRow> {
  readonly sql: string
  readonly parameters: SqlParameters
  readonly [rowType]?: Row
}

/**
 * Whatever counts as a statement: SQL text, the `sql` tag, `{ sql, parameters }`, a Kysely query
 * (`.compile()`), a Drizzle query (`.toSQL()`). The builders' own `execute()` is never called: it is
 * named for the type checker, because there they say what their rows are.
 */
export type StatementInput<Row = SqlRow> =
  | string
  | Statement<Row>
  | {
      compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
      execute?(...args: never): Promise<readonly Row[]>
    }
  | {
      toSQL(): { readonly sql: string; readonly params: readonly unknown[] }
      execute?(...args: never): Promise<readonly Row[]>
    }
