export type ColumnType = 'I' | 'R' | 'T'
export type SortMode = 'nosort' | 'rowsort' | 'valuesort'

/** A number says that it succeeds and changes so many rows. */
export type StatementOutcome = 'ok' | 'error' | number

export interface StatementRecord {
  readonly kind: 'statement'
  readonly line: number
  readonly sql: string
  readonly outcome: StatementOutcome
}

export interface QueryRecord {
  readonly kind: 'query'
  readonly line: number
  readonly sql: string
  readonly types: readonly ColumnType[]
  readonly sort: SortMode
  /** Queries of one label have one result. */
  readonly label: string | undefined
  /** A line for each value, or one for the hash of all. */
  readonly result: readonly string[]
}

export type ScriptRecord = StatementRecord | QueryRecord
