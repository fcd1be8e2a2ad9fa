import type { StorageChoice, WorkerMessage } from '../link/protocol.ts'
import type { BlockStore } from './storage/block-store.ts'

/** What the engine needs of the place that it runs in. */
export interface EngineHost {
  readonly post: (message: WorkerMessage, transfer: readonly Transferable[]) => void
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  /** Milliseconds, from any moment on. */
  readonly now: () => number
  /** Where databases are kept, if it is not the engine that chooses. */
  readonly chooseStore?: (choice: StorageChoice) => BlockStore
}
