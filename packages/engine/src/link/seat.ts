import type { Connection } from './connection.ts'
import type { Answer } from './pending-request.ts'

/** Which tab hosts the engine, and why. */
export interface TabRole {
  readonly kind: 'host' | 'guest'
  readonly reason: string
}

/** A place at an engine in which the database is open. */
export interface Seat {
  readonly connection: Connection
  readonly role: TabRole
  readonly userVersion: number
}

/** How a page comes by an engine: its own, or that of another tab. */
export interface SeatSource {
  /** Whether the engine stays while the page sleeps: nobody else waits for what it holds. */
  readonly isKeptAsleep: boolean
  /** Whether another tab waits to host. */
  readonly isAwaited: boolean
  /** Finds an engine, and opens the database there. */
  take(): Promise<Answer<Seat>>
  /** An engine of this page's own, for a database that cannot be opened. */
  takeUnopened(): Promise<Connection>
  /** The database is ready in an engine of this page's own: the other tabs may come. */
  share(connection: Connection): Promise<Answer<null>>
  /** Nothing is wanted any more, or until the next `take`. */
  leave(): Promise<void>
}
