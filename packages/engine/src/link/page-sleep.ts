import type { EnginePhase } from './engine-phase.ts'
import type { Connection } from './connection.ts'
import type { Failure, PendingRequest } from './pending-request.ts'
import type { Seat, SeatSource } from './seat.ts'
import type { SeatHolder } from './seat-holder.ts'
import { canAskAgain, isPlainRead } from './ask-again.ts'
import { failure } from './pending-request.ts'

export interface PageSleepOptions {
  readonly phase: EnginePhase
  readonly holder: SeatHolder
  readonly seats: () => SeatSource
  /** Whether an engine of this page can be ended with nothing lost: all that was written is stored. */
  readonly owesNothing: (connection: Connection) => boolean
  /** Ends with an engine, keeping what may be asked of the next. */
  readonly detach: (
    connection: Connection,
    reason: Failure,
    mayAsk: (pending: PendingRequest) => boolean,
  ) => void
  readonly open: () => void
  /** Until the opening that is under way is over, if one is. */
  readonly opening: () => Promise<void> | undefined
  /** Calls can reach the engine again. */
  readonly release: () => void
}

const ASLEEP = 'The page was put to sleep.'

/** A page that is put to sleep lets go of its engine, and looks for one again when it wakes. */
export class PageSleep {
  readonly #options: PageSleepOptions
  /** Until what the page was put to sleep with has let go. */
  #leaving: Promise<void> | undefined
  /** Counts how often the page was put to sleep. */
  #sleeps = 0
  #isInterrupting = false

  constructor(options: PageSleepOptions) {
    this.#options = options
  }

  /** Whether an opening that is under way is to come to nothing: there will be another when the page wakes. */
  get isInterrupting(): boolean {
    return this.#isInterrupting
  }

  begin(): void {
    this.#options.phase.setAsleep(true)
    this.#sleeps += 1
    this.continue()
  }

  /** An engine was opened meanwhile. */
  continue(): void {
    const { phase, holder, seats, opening } = this.#options
    if (!phase.isAsleep) return
    const seat = holder.current
    const underWay = opening()
    if (phase.current === 'opening' && underWay !== undefined && !seats().isKeptAsleep) {
      this.#leaving ??= this.#interrupt(underWay)
    }
    if (seat === undefined || phase.current !== 'open') return
    if (!seats().isKeptAsleep) this.#leaving = this.#leave(seat)
    phase.show()
  }

  async end(): Promise<void> {
    const { phase, open, opening, release } = this.#options
    const sleeps = this.#sleeps
    const leaving = this.#leaving
    await leaving
    // It may have been put to sleep again meanwhile.
    if (sleeps !== this.#sleeps) return
    phase.setAsleep(false)
    this.#leaving = undefined
    this.#isInterrupting = false
    phase.show()
    // Where the engine was lost before it had let go, a call may have begun to open the next.
    if (leaving !== undefined && phase.current === 'opening' && opening() === undefined) open()
    else release()
  }

  /** Who is half-way to an engine would keep all others from it. */
  async #interrupt(opening: Promise<void>): Promise<void> {
    const { holder, seats } = this.#options
    this.#isInterrupting = true
    const connection = holder.current?.connection
    holder.forget()
    connection?.end(failure('host-changed', ASLEEP))
    await seats().leave()
    await opening
  }

  /** A host finishes what it was asked, and a guest is not missed. */
  async #leave({ connection, role }: Seat): Promise<void> {
    const { holder, seats, detach, owesNothing } = this.#options
    // The page, and its worker, may be stopped at any moment, with what others wait for.
    if (role.kind === 'host' && owesNothing(connection)) {
      detach(connection, failure('host-changed', ASLEEP), canAskAgain)
      void seats().leave()
      return
    }
    if (role.kind === 'guest' || seats().isAwaited) {
      // What is under way is not waited for. The host forgets the outcomes of a guest that leaves: of its writes
      // it is not known what became.
      if (role.kind === 'guest') void connection.request('close', null, { isUrgent: true })
      detach(connection, failure('worker-lost', ASLEEP), isPlainRead)
      void seats().leave()
      return
    }
    const farewell = connection.request('suspend', null, { isUrgent: true })
    void seats().leave()
    await farewell
    if (holder.isOf(connection)) detach(connection, failure('host-changed', ASLEEP), canAskAgain)
  }
}
