import type { SqlValue } from './values.ts'

export interface RunResult {
  /** Rows inserted, updated or deleted by the statement itself, triggers and cascades left out. */
  readonly changes: number
  readonly lastInsertRowid: number | bigint
}

/** The whole result: rows by position, so that two columns of one name are both there. */
export interface ExecuteResult extends RunResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
  readonly durationMs: number
}
