import type { RecordStore, TableShape } from './record-store.ts'
import type { Scale } from './scale.ts'
import type { SqlSession } from './sql-session.ts'

/** What was measured, by the `id` of the workload: milliseconds, or how many a second. */
export type Measures = Readonly<Record<string, readonly number[]>>

/**
 * Something that everyone does in a page of their own, with a database of their own that is empty at first. Whoever
 * finds other data than was written is rejected.
 */
export interface Task {
  readonly tables: readonly TableShape[]
  sql(session: SqlSession, scale: Scale): Promise<Measures>
  /** Undefined where it is about SQL. */
  readonly records: ((store: RecordStore, scale: Scale) => Promise<Measures>) | undefined
  /** Fails unless what the task has written is there, after the browser was ended and started again. */
  readonly verify: Verification | undefined
}

export interface Verification {
  sql(session: SqlSession, scale: Scale): Promise<void>
  records(store: RecordStore, scale: Scale): Promise<void>
}

/** Fails the task unless it did what it was measured for. */
export function verify(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(`verification failed: ${what}`)
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
