import type { Connection } from './connection.ts'
import type { EnginePhase } from './engine-phase.ts'
import type { Answer, Failure } from './pending-request.ts'
import type { OpenRequest } from './protocol.ts'
import type { SeatSource, TabRole } from './seat.ts'
import type { SeatHolder } from './seat-holder.ts'
import { DELETABLE } from './deletable.ts'
import { closedAnswer, startFailure } from './pending-request.ts'
import { retire } from './retire.ts'

export interface UnopenedEngineOptions {
  readonly phase: EnginePhase
  readonly holder: SeatHolder
  readonly seats: () => SeatSource
  readonly open: () => OpenRequest
  readonly fail: (reason: Failure) => void
  readonly giveUp: (connection: Connection, reason: Failure) => void
}

const OWN: TabRole = { kind: 'host', reason: 'The database could not be opened.' }

/** An engine of this page for a database that could not be opened: to look at it, or to delete it. */
export class UnopenedEngine {
  readonly #options: UnopenedEngineOptions

  constructor(options: UnopenedEngineOptions) {
    this.#options = options
  }

  /** `reason` is why the database could not be opened, which not all that can be done about needs an engine. */
  async connect(reason: Failure): Promise<Connection | Failure> {
    const { phase, holder, seats, open, fail, giveUp } = this.#options
    if (!DELETABLE.has(reason.error.code) || phase.current !== 'failed') return reason
    phase.enter('opening')
    const connection = await seats().takeUnopened().catch(startFailure)
    if ('error' in connection) {
      fail(connection)
      return connection
    }
    if (isClosed(phase)) {
      await retire(connection)
      return closedAnswer()
    }
    holder.adopt({ connection, role: OWN, userVersion: 0 })
    const opened = await connection.request('open', open())
    if (opened.ok || DELETABLE.has(opened.error.code)) return connection
    giveUp(connection, opened)
    return opened
  }

  /** Lets `use` ask it, and gives it up then. */
  async look<Value>(
    reason: Failure,
    use: (connection: Connection) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const connection = await this.connect(reason)
    if ('error' in connection) return connection
    const answer = await use(connection)
    this.#options.giveUp(connection, reason)
    return answer
  }
}

/** It may have been closed meanwhile, which the compiler does not see. */
function isClosed({ current }: EnginePhase): boolean {
  return current === 'closed'
}
