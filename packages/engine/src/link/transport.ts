import type { Diagnosis } from '../doctor/finding.ts'
import type { PageMessage, WorkerMessage } from './protocol.ts'

/** The page's end of a link to the engine, whatever carries the messages. */
export interface Transport {
  /** Whether it may take any time until something is heard, as there may be nobody yet on the other side. */
  readonly isPatient?: boolean
  post(message: PageMessage, transfer?: readonly Transferable[]): void
  /** Called once, before the first `post`. */
  listen(listeners: TransportListeners): void
  /** Ends the engine on the other side at once. */
  terminate(): void
  /** Finds out why the engine does not start. */
  examine?(): Promise<Diagnosis | undefined>
}

export interface TransportListeners {
  readonly message: (message: WorkerMessage) => void
  /** The engine did not start, or died. */
  readonly failure: (reason: string, cause?: unknown) => void
  /** Another engine takes its place: what was not answered can be asked of that. */
  readonly moved: () => void
}
