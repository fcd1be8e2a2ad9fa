import type { SyncSettings } from '../link/sync-protocol.ts'
import { DataSyncError } from '../errors.ts'

/**
 * When commits are made durable under `durability: 'relaxed'`. Whatever it says, that also happens when the
 * page is hidden, put to sleep or left, when the database is closed, and by `db.drain()`.
 *
 * @example
 * createDatabase('shop', { durability: 'relaxed', syncPolicy: { interval: 5000, debounce: 300 } })
 */
export interface SyncPolicy {
  /** Milliseconds from the first commit that is not durable, at most. 1,000 unless told. */
  readonly interval?: number | undefined
  /** Milliseconds without a commit after which it is done at once. Off unless told. */
  readonly debounce?: number | undefined
  /** So many blocks waiting, it is done at once, and further writes wait for it. Off unless told. */
  readonly maxDirtyBlocks?: number | undefined
  /** The same in bytes, which bounds the memory that they take. 16 MiB unless told. */
  readonly maxDirtyBytes?: number | undefined
  /**
   * Reads back what was stored, each time, and fails with `corrupt` where it is not what was written. Under
   * `strict` too. False unless told.
   */
  readonly verifyAfterWrite?: boolean | undefined
}

const MOST_DIRTY_BYTES = 16 * 1024 * 1024
/** A timer cannot wait for longer. */
const LONGEST_WAIT = 2 ** 31 - 1

/** @throws DataSyncError `invalid-argument` */
export function checkSyncPolicy(policy: SyncPolicy): SyncSettings {
  const {
    interval = 1000,
    debounce,
    maxDirtyBlocks,
    maxDirtyBytes = MOST_DIRTY_BYTES,
    verifyAfterWrite = false,
  } = policy
  expectNumber('interval', interval, LONGEST_WAIT)
  expectNumber('debounce', debounce, LONGEST_WAIT)
  expectNumber('maxDirtyBlocks', maxDirtyBlocks, Number.MAX_SAFE_INTEGER)
  expectNumber('maxDirtyBytes', maxDirtyBytes, Number.MAX_SAFE_INTEGER)
  if (typeof verifyAfterWrite !== 'boolean') throw invalid('verifyAfterWrite', 'true or false')
  return { interval, debounce, maxDirtyBlocks, maxDirtyBytes, verifyAfterWrite }
}

function expectNumber(field: string, value: number | undefined, most: number): void {
  if (value === undefined || (value > 0 && value <= most)) return
  throw invalid(field, `a number above 0, up to ${most}`)
}

function invalid(field: string, expected: string): DataSyncError {
  return new DataSyncError('invalid-argument', `syncPolicy.${field} is ${expected}.`)
}
