import type { FailedSync, SyncNews, SyncStep } from '../link/sync-protocol.ts'
import type { DataSyncError } from '../errors.ts'
import { fromErrorRecord } from '../link/error-record.ts'
import { callSafely } from '../notify-listeners.ts'

/**
 * What happens to commits on their way to the storage: `syncstart`, and then `syncsuccess` or
 * `syncfailure`; `backpressure` where so much is waiting that writes wait too.
 */
export type SyncEvent = SyncStep | FailedSync<DataSyncError>

export type SyncListener = (event: SyncEvent) => void

/** Who wants to hear of syncs. */
export class SyncFeed {
  readonly #listeners = new Set<{ readonly listener: SyncListener }>()
  readonly #watch: (isWanted: boolean) => void

  /** `watch` is called when the first listener comes and when the last one goes. */
  constructor(watch: (isWanted: boolean) => void) {
    this.#watch = watch
  }

  get isWanted(): boolean {
    return this.#listeners.size > 0
  }

  subscribe(listener: SyncListener): () => void {
    // The same function given twice is two subscriptions.
    const subscription = { listener }
    this.#listeners.add(subscription)
    if (this.#listeners.size === 1) this.#watch(true)
    return () => {
      if (this.#listeners.delete(subscription) && !this.isWanted) this.#watch(false)
    }
  }

  deliver(events: SyncNews['events']): void {
    for (const event of events) {
      const told = event.type === 'syncfailure' ? { ...event, error: fromErrorRecord(event.error) } : event
      for (const subscription of [...this.#listeners]) {
        if (this.#listeners.has(subscription)) callSafely(() => subscription.listener(told))
      }
    }
  }
}
