import type { DatabaseStatus } from '../database-reports.ts'

/**
 * The status before anything was asked of the database, and what a server shows.
 *
 * @example
 * useSyncExternalStore(db.status.subscribe, db.status.getSnapshot, () => IDLE_STATUS)
 */
export const IDLE_STATUS: DatabaseStatus = Object.freeze({
  phase: 'idle',
  error: undefined,
  role: undefined,
  storage: undefined,
  sync: { kind: 'working' } as const,
})
