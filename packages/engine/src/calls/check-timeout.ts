import { DataSyncError } from '../errors.ts'

/** The longest that a timer can wait for, in milliseconds: some 24 days. */
const LONGEST = 2 ** 31 - 1

/**
 * A span in milliseconds as the engine takes it: `undefined` for one without end.
 *
 * @throws DataSyncError `invalid-argument` for what is no span.
 */
export function checkTimeout(timeout: number | undefined): number | undefined {
  if (timeout === undefined || timeout > LONGEST) return undefined
  if (typeof timeout === 'number' && timeout > 0) return timeout
  throw new DataSyncError(
    'invalid-argument',
    `A timeout is a positive number of milliseconds, not ${String(timeout)}.`,
  )
}
