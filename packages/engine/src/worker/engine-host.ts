import type { CompiledSqlite } from '../link/compiled-sqlite.ts'
import type { OpenRequest, RememberedStorage, WorkerMessage } from '../link/protocol.ts'
import type { HostedEngine, Hosting } from './hosting/hosting.ts'
import type { ChosenStore } from './storage/block-store.ts'

/** Has the page keep something of a database outside of where that is stored. */
export type Remember = (remembered: RememberedStorage) => void

/** How the engine comes by a store, and by SQLite. */
export interface StoreChoice {
  /** Where the database is to be kept. */
  readonly chooseStore: (options: OpenRequest, remember: Remember) => Promise<ChosenStore>
  /** Where it is to be moved, which is what the options say. */
  readonly chooseTarget?: (options: OpenRequest, remember: Remember) => ChosenStore
  /** Whether SQLite will probably have to wait for the store, which is known for sure once it is chosen. */
  readonly suspends?: (options: OpenRequest) => boolean
  /** SQLite as somebody else has compiled it, unless that came to nothing. */
  readonly compiledSqlite?: () => Promise<CompiledSqlite | undefined>
}

/** Sends what a turn has for a page. */
export type Post = (message: WorkerMessage, transfer: readonly Transferable[]) => void

/** What the engine needs of the place that it runs in. */
export interface EngineHost extends StoreChoice {
  readonly post: Post
  /** Makes the engine of this database one for all tabs; absent where it is for one alone. */
  readonly host?: (engine: HostedEngine, options: OpenRequest, epoch: string) => Hosting
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  /** Milliseconds, from any moment on. */
  readonly now: () => number
}
