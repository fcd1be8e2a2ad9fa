import { IDLE_STATUS, type DatabaseChoice, type DatabaseStatus } from '@datasync/engine'
import type { ComputedRef } from 'vue'
import { useDatabase } from './database-context.ts'
import { useSnapshot } from './use-snapshot.ts'

/**
 * The health of the database: whether it is open, where it is stored, whether that is durable, and
 * why it failed if it did. Asking does not open it. A server renders it as `idle`.
 *
 * @example
 * const status = useDatabaseStatus()
 * const isVolatile = computed(() => status.value.phase === 'open' && !status.value.storage?.durable)
 */
export function useDatabaseStatus(options?: DatabaseChoice): ComputedRef<DatabaseStatus> {
  const { status } = useDatabase(options?.database)
  return useSnapshot(
    () => status,
    () => IDLE_STATUS,
  )
}
