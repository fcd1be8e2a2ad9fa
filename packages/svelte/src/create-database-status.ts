import { IDLE_STATUS, type DatabaseChoice, type DatabaseStatus } from '@datasync/engine'
import { getDatabase } from './database-context.js'
import { followSnapshot } from './follow-snapshot.svelte.js'
import { toGetters } from './to-getters.js'

/**
 * The health of the database: whether it is open, where it is stored, whether that is durable, and
 * why it failed if it did. Asking does not open it. A server renders it as `idle`.
 *
 * @example
 * const status = createDatabaseStatus()
 * const isVolatile = $derived(status.phase === 'open' && !status.storage?.durable)
 */
export function createDatabaseStatus(options?: DatabaseChoice): DatabaseStatus {
  const followed = followSnapshot(getDatabase(options?.database).status, () => IDLE_STATUS)
  return toGetters<DatabaseStatus>(followed.follow, {
    phase: () => followed.snapshot.phase,
    error: () => followed.snapshot.error,
    role: () => followed.snapshot.role,
    storage: () => followed.snapshot.storage,
    sync: () => followed.snapshot.sync,
  })
}
