import type { OpenRequest, RememberedStorage, WorkerMessage } from '../link/protocol.ts'
import type { ChosenStore } from './storage/block-store.ts'

/** Has the page keep something of a database outside of where that is stored. */
export type Remember = (remembered: RememberedStorage) => void

/** What the engine needs of the place that it runs in. */
export interface EngineHost {
  readonly post: (message: WorkerMessage, transfer: readonly Transferable[]) => void
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  /** Milliseconds, from any moment on. */
  readonly now: () => number
  /** Where the database is to be kept. */
  readonly chooseStore: (options: OpenRequest, remember: Remember) => Promise<ChosenStore>
}
