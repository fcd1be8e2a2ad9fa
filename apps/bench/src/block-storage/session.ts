import type { Durability } from './data.ts'

export type Value = number | string | Uint8Array | null

/** An open database, as a page has it: every call goes to a worker and back. */
export interface Session {
  /** One statement in a transaction of its own. */
  run(sql: string, parameters?: readonly Value[]): Promise<void>
  rows(sql: string, parameters?: readonly Value[]): Promise<readonly (readonly unknown[])[]>
  close(): Promise<void>
}

export type OpenSession = (database: string, durability: Durability) => Promise<Session>
