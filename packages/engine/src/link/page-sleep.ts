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
  /** Ends with an engine, keeping what may be asked of the next. */
  readonly detach: (
    connection: Connection,
    reason: Failure,
    mayAsk: (pending: PendingRequest) => boolean,
  ) => void
  readonly open: () => void
  /** Calls can reach the engine again. */
  readonly release: () => void
}

/** A page that is put to sleep lets go of its engine, and looks for one again when it wakes. */
export class PageSleep {
  readonly #options: PageSleepOptions
  /** Until what the page was put to sleep with has let go. */
  #leaving: Promise<void> | undefined
  /** Counts how often the page was put to sleep. */
  #sleeps = 0

  constructor(options: PageSleepOptions) {
    this.#options = options
  }

  begin(): void {
    this.#options.phase.setAsleep(true)
    this.#sleeps += 1
    this.continue()
  }

  /** An engine was opened meanwhile. */
  continue(): void {
    const { phase, holder, seats } = this.#options
    const seat = holder.current
    if (!phase.isAsleep || seat === undefined || phase.current !== 'open') return
    if (!seats().isKeptAsleep) this.#leaving = this.#leave(seat)
    phase.show()
  }

  async end(): Promise<void> {
    const { phase, open, release } = this.#options
    const sleeps = this.#sleeps
    const leaving = this.#leaving
    await leaving
    // It may have been put to sleep again meanwhile.
    if (sleeps !== this.#sleeps) return
    phase.setAsleep(false)
    this.#leaving = undefined
    phase.show()
    if (leaving !== undefined && phase.current === 'opening') open()
    else release()
  }

  /** A guest is not missed, and a host finishes what it was asked. */
  async #leave({ connection, role }: Seat): Promise<void> {
    const { holder, seats, detach } = this.#options
    const reason = failure('host-changed', 'The page was put to sleep.')
    if (seats().isAwaited) {
      // The worker may be stopped together with the page, at any moment: others would wait for it.
      detach(connection, failure('worker-lost', reason.error.message), isPlainRead)
      void seats().leave()
      return
    }
    const isHost = role.kind === 'host'
    const farewell = connection.request(isHost ? 'suspend' : 'close', null, { isUrgent: true })
    if (isHost) {
      void seats().leave()
      await farewell
    }
    if (!holder.isOf(connection)) return
    detach(connection, reason, canAskAgain)
    void seats().leave()
  }
}
