import type { ScriptRecord } from './record.ts'
import type { Failure } from './report.ts'

/** Where the engine differs from what scripts expect, and is meant to. */
interface Difference {
  readonly name: string
  readonly reason: string
  readonly covers: (record: ScriptRecord, failure: Failure) => boolean
}

const DIFFERENCES: readonly Difference[] = [
  {
    name: 'errors while stepping',
    reason:
      'The original program takes an error of sqlite3_step() for the end of the rows, so that its scripts have an ' +
      'empty result where the documentation of SQLite, and the engine, have an error.',
    covers: (record, { cause, message }) =>
      record.kind === 'query' &&
      record.result.length === 0 &&
      cause === 'query-failed' &&
      message.includes('integer overflow'),
  },
]

/** The name of the difference that explains a failure. */
export function findDifference(record: ScriptRecord, failure: Failure): string | undefined {
  return DIFFERENCES.find(({ covers }) => covers(record, failure))?.name
}
