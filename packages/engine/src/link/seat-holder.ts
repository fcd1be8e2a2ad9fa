import type { EngineLifeOptions } from './engine-life-options.ts'
import type { Failure } from './pending-request.ts'
import type { WorkerMessage } from './protocol.ts'
import type { Seat } from './seat.ts'
import type { Transport } from './transport.ts'
import { Connection } from './connection.ts'
import { closedAnswer, hostChangedAnswer } from './pending-request.ts'

/** What becomes of the engine that is held. */
export interface SeatEvents {
  /** It has died, or been given up. */
  readonly lost: (reason: Failure) => void
  /** Another one is to be asked. */
  readonly moved: (connection: Connection) => void
  /** Another tab has taken the database away from it. */
  readonly deposed: (connection: Connection) => void
}

/** The engine that this page has, among those that it has started or found: the others are not heard. */
export class SeatHolder {
  readonly #options: Pick<EngineLifeOptions, 'deliver' | 'notify' | 'roleChanged'>
  readonly #events: SeatEvents
  #seat: Seat | undefined
  /** What engines have said before they were taken for this page's. */
  readonly #preludes = new WeakMap<Connection, WorkerMessage[]>()
  #count = 0

  constructor(options: Pick<EngineLifeOptions, 'deliver' | 'notify' | 'roleChanged'>, events: SeatEvents) {
    this.#options = options
    this.#events = events
  }

  get current(): Seat | undefined {
    return this.#seat
  }

  /** How many there have been. */
  get count(): number {
    return this.#count
  }

  isOf(connection: Connection): boolean {
    return this.#seat?.connection === connection
  }

  connect(transport: Transport): Connection {
    const { lost, moved, deposed } = this.#events
    const isCurrent = (): boolean => this.isOf(connection)
    const prelude: WorkerMessage[] = []
    const connection: Connection = new Connection(transport, {
      deliver: (message) => {
        if (isCurrent()) this.#options.deliver(message)
        else prelude.push(message)
      },
      notify: (message) => isCurrent() && this.#options.notify(message),
      lost: (reason) => isCurrent() && lost(reason),
      moved: () => {
        if (isCurrent()) moved(connection)
        // Of one that was left already, what is still under way ends with it.
        else connection.end(this.#preludes.has(connection) ? hostChangedAnswer() : closedAnswer())
      },
      deposed: () => isCurrent() && deposed(connection),
    })
    this.#preludes.set(connection, prelude)
    return connection
  }

  adopt(seat: Seat): void {
    this.#seat = seat
    this.#count += 1
    this.#options.roleChanged(seat.role)
    for (const message of this.#preludes.get(seat.connection) ?? []) this.#options.notify(message)
    this.#preludes.delete(seat.connection)
  }

  forget(): void {
    this.#seat = undefined
  }
}
