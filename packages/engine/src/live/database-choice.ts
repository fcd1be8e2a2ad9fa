import type { Database } from '../handle.ts'

/** What every use of a database by a component can be told. */
export interface DatabaseChoice {
  /** Asked instead of the one that is provided. */
  readonly database?: Database | undefined
}
