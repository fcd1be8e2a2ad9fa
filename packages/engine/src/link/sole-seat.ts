import type { Connection } from './connection.ts'
import type { Answer } from './pending-request.ts'
import type { OpenRequest } from './protocol.ts'
import type { Seat, SeatSource, TabRole } from './seat.ts'
import { OK } from './pending-request.ts'
import { retire } from './retire.ts'

export interface SoleSeatOptions {
  readonly connect: () => Connection
  readonly open: () => OpenRequest
  readonly isKeptAsleep: boolean
}

const ROLE: TabRole = { kind: 'host', reason: 'The database is of this tab alone.' }

/** The engine of a database that is not shared between tabs. */
export class SoleSeat implements SeatSource {
  readonly isAwaited = false
  readonly #options: SoleSeatOptions
  #opening: Connection | undefined
  #retiring: Promise<void> | undefined

  get isKeptAsleep(): boolean {
    return this.#options.isKeptAsleep
  }

  constructor(options: SoleSeatOptions) {
    this.#options = options
  }

  async take(): Promise<Answer<Seat>> {
    if (this.#retiring !== undefined) await this.#retiring
    const connection = this.#options.connect()
    this.#opening = connection
    const opened = await connection.request('open', this.#options.open())
    if (this.#opening === connection) this.#opening = undefined
    if (opened.ok)
      return { ok: true, value: { connection, role: ROLE, userVersion: opened.value.userVersion } }
    this.#retiring = retire(connection)
    return opened
  }

  async takeUnopened(): Promise<Connection> {
    if (this.#retiring !== undefined) await this.#retiring
    return this.#options.connect()
  }

  async share(): Promise<Answer<null>> {
    return OK
  }

  async leave(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    if (opening !== undefined) await retire(opening)
  }
}
