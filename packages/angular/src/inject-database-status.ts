import { computed, type Signal } from '@angular/core'
import { IDLE_STATUS, type DatabaseStatus } from '@datasync/engine'
import { injectDatabase } from './inject-database.ts'
import { injectSnapshot } from './inject-snapshot.ts'
import { runInjected, type InjectOptions } from './run-injected.ts'

/**
 * The health of the database: whether it is open, where it is stored, whether that is durable, and
 * why it failed if it did. Asking does not open it. A server renders it as `idle`.
 *
 * @example
 * private readonly status = injectDatabaseStatus()
 * protected readonly isVolatile = computed(
 *   () => this.status().phase === 'open' && !this.status().storage?.durable,
 * )
 */
export function injectDatabaseStatus(options?: InjectOptions): Signal<DatabaseStatus> {
  return runInjected(injectDatabaseStatus, options, () => {
    const { status } = injectDatabase(options?.database)
    return injectSnapshot(
      computed(() => status),
      () => IDLE_STATUS,
    )
  })
}
