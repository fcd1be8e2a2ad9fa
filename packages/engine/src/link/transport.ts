import type { PageMessage, WorkerMessage } from './protocol.ts'

/** The page's end of a link to the engine, whatever carries the messages. */
export interface Transport {
  post(message: PageMessage, transfer?: readonly Transferable[]): void
  /** Called once, before the first `post`. */
  listen(listeners: TransportListeners): void
  /** Ends the engine on the other side at once. */
  terminate(): void
}

export interface TransportListeners {
  readonly message: (message: WorkerMessage) => void
  /** The engine did not start, or died. */
  readonly failure: (reason: string) => void
}
