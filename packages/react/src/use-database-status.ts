import { IDLE_STATUS, type DatabaseChoice, type DatabaseStatus } from '@datasync/engine'
import { useSyncExternalStore } from 'react'
import { useDatabase } from './use-database.ts'

/**
 * The health of the database: whether it is open, where it is stored, whether that is durable, and
 * why it failed if it did. Asking does not open it. A server renders it as `idle`.
 *
 * @example
 * const { phase, storage } = useDatabaseStatus()
 * if (phase === 'open' && !storage?.durable) return <p>Nothing you enter here will be kept.</p>
 */
export function useDatabaseStatus(options?: DatabaseChoice): DatabaseStatus {
  const { status } = useDatabase(options?.database)
  return useSyncExternalStore(status.subscribe, status.getSnapshot, getServerStatus)
}

const getServerStatus = (): DatabaseStatus => IDLE_STATUS
