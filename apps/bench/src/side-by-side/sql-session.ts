export type Value = number | string | Uint8Array | null
export type Row = Readonly<Record<string, unknown>>

export interface SqlStatement {
  /** With `?` for each parameter, whatever the dialect. */
  readonly sql: string
  readonly parameters: readonly Value[]
}

/** An open database, as a page has it: every call goes to a worker and back. */
export interface SqlSession {
  readonly dialect: 'sqlite' | 'postgres'
  /** One statement in a transaction of its own. */
  run(sql: string, parameters?: readonly Value[]): Promise<void>
  /** Row objects, as an app gets them. */
  query(sql: string, parameters?: readonly Value[]): Promise<readonly Row[]>
  /** A few statements in one transaction. */
  batch(statements: readonly SqlStatement[]): Promise<void>
  /** Rows that the page has, in one transaction, in the fastest way that the contender's documentation shows. */
  insertRows(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<void>
  /** Statements without parameters, in one call where that is possible: each a transaction, or all of them one. */
  script(statements: readonly string[], transactions: 'each' | 'one'): Promise<void>
  close(): Promise<void>
}
