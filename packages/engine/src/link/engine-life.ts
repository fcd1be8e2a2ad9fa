import type { EngineLifeOptions, FinishImport, Phase } from './engine-life-options.ts'
import type { Answer, Failure, PendingRequest } from './pending-request.ts'
import type { Seat, SeatSource, TabRole } from './seat.ts'
import { canAskAgain, isPlainRead } from './ask-again.ts'
import { Connection } from './connection.ts'
import { DELETABLE } from './deletable.ts'
import { closedAnswer, failure, hostChangedAnswer, otherLifeAnswer, startFailure } from './pending-request.ts'
import { dismiss, retire } from './retire.ts'
import { SeatHolder } from './seat-holder.ts'

/**
 * The engines of one database, one after another: opened when first needed, opened again after one
 * was lost or replaced, put to sleep with the page, closed.
 */
export class EngineLife {
  readonly #options: EngineLifeOptions
  readonly #seats: SeatSource
  #phase: Phase = 'idle'
  readonly #holder: SeatHolder
  #after: Promise<void> | undefined
  /** How many pieces of work keep calls waiting. */
  #holds = 0
  /** Whether an engine is on its way that takes the place of another. */
  #isChanging = false
  #isHandingOver = false
  #isDeleting = false
  #isAsleep = false
  /** Until what the page was put to sleep with has let go. */
  #sleeping: Promise<void> | undefined
  /** Counts how often the page was put to sleep. */
  #sleeps = 0
  #closing: Promise<void> | undefined
  #isLeft: Failure = otherLifeAnswer()

  constructor(options: EngineLifeOptions) {
    this.#options = options
    this.#after = options.after
    this.#holder = new SeatHolder(options, {
      lost: (reason) => this.#fail(reason),
      moved: (connection) => this.#change(connection, hostChangedAnswer()),
      deposed: (connection) => this.#depose(connection),
    })
    this.#seats = options.seats({
      connect: (transport) => this.#holder.connect(transport),
      open: options.open,
      handOver: () => void this.#handOver(),
      end: (phase, reason) => void this.#endFor(phase, reason),
    })
  }

  /** Why what was begun in an earlier engine has ended. */
  get otherLife(): Failure {
    return this.#isLeft
  }

  /** The engine that new calls can reach now, if there is one. */
  get connection(): Connection | undefined {
    return this.#holds === 0 ? this.#awake : undefined
  }

  /**
   * The engine that what was begun in `life` can reach now. New calls are kept waiting while content
   * is replaced, but not these: that may itself be waiting for a transaction to end.
   */
  connectionOf(life: number): Connection | undefined {
    return this.isAlive(life) ? this.#awake : undefined
  }

  isAlive(life: number): boolean {
    return this.isOpen && life === this.life
  }

  /** Whether there is an engine that calls can reach, now or in a moment. */
  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  /** Whether the engine is of this page. */
  get isHost(): boolean {
    return this.#holder.current?.role.kind === 'host'
  }

  get isClosed(): boolean {
    return this.#phase === 'closed'
  }

  /** Tells engines apart: what was begun in one does not exist in the next. */
  get life(): number {
    return this.#holder.count
  }

  start(): void {
    if (this.#phase !== 'idle' && this.#phase !== 'failed') return
    this.#enter('opening')
    void this.#open()
  }

  /** Ends an engine that does not react and opens another. `kept` requests are not answered. */
  replace(answer: Failure, kept: readonly PendingRequest[]): void {
    this.#isLeft = answer
    this.#holder.current?.connection.end(answer, kept)
    this.#holder.forget()
    this.#options.disconnected(undefined)
    this.#phase = 'idle'
    this.start()
  }

  /** Finishes an import, as `finish` asks for it: no call sees the new content before it is migrated. */
  async takeOver(life: number, finish: FinishImport): Promise<Answer<null>> {
    const { connection } = this
    if (connection === undefined || life !== this.life) return this.otherLife
    this.#holds += 1
    try {
      const taken = await finish(connection)
      const { migrate } = this.#options
      if (!taken.ok && taken.error.code === 'aborted') return taken
      const migrated = taken.ok ? await migrate(connection, taken.value.userVersion) : taken
      await connection.request('openGate', null)
      if (!taken.ok) return taken
      if (!migrated.ok) this.#giveUp(connection, migrated)
      return migrated
    } finally {
      this.#holds -= 1
      this.#release()
    }
  }

  /** Lets go of the engine, since the page may be kept for long without running. */
  suspend(): void {
    this.#isAsleep = true
    this.#sleeps += 1
    this.#leaveForSleep()
  }

  async resume(): Promise<void> {
    const sleeps = this.#sleeps
    const sleeping = this.#sleeping
    await sleeping
    // It may have been put to sleep again meanwhile.
    if (sleeps !== this.#sleeps) return
    this.#isAsleep = false
    this.#sleeping = undefined
    this.#showPhase()
    if (sleeping !== undefined && this.#phase === 'opening') void this.#open()
    else this.#release()
  }

  /** Answers all that is under way, as finished or as `closed`, and ends the engine. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /**
   * Removes the database and ends like `close`. `opened` is the outcome of opening it: one that could
   * not be opened for what is in it can be removed all the same.
   */
  async delete(opened: Answer<null>): Promise<Answer<null>> {
    this.#holds += 1
    this.#isDeleting = true
    try {
      const connection = opened.ok ? this.#holder.current?.connection : await this.#connectUnopened(opened)
      if (connection === undefined) return closedAnswer()
      if (!(connection instanceof Connection)) return connection
      const deleted = await connection.request('delete', null)
      if (!deleted.ok) this.#giveUp(connection, deleted)
      else if (this.#holder.isOf(connection)) {
        // There is nothing to wait for any more, and perhaps nobody who would answer.
        connection.end(closedAnswer())
        await this.close()
      }
      return deleted
    } finally {
      this.#isDeleting = false
      this.#holds -= 1
    }
  }

  /** Lets `use` ask an engine of a database that could not be opened, as `opened` says. */
  async look<Value>(
    opened: Failure,
    use: (connection: Connection) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const connection = await this.#connectUnopened(opened)
    if (!(connection instanceof Connection)) return connection
    const answer = await use(connection)
    this.#giveUp(connection, opened)
    return answer
  }

  async #connectUnopened(reason: Failure): Promise<Connection | Failure> {
    if (!DELETABLE.has(reason.error.code) || this.#phase !== 'failed') return reason
    this.#enter('opening')
    const connection = await this.#attempt(() => this.#seats.takeUnopened())
    if (!(connection instanceof Connection)) {
      this.#fail(connection)
      return connection
    }
    if (this.isClosed) {
      await retire(connection)
      return closedAnswer()
    }
    this.#holder.adopt({ connection, role: OWN, userVersion: 0 })
    const opened = await connection.request('open', this.#options.open())
    if (opened.ok || DELETABLE.has(opened.error.code)) return connection
    this.#giveUp(connection, opened)
    return opened
  }

  get #awake(): Connection | undefined {
    return this.isOpen && !this.#isAsleep ? this.#holder.current?.connection : undefined
  }

  async #open(): Promise<void> {
    if (this.#after !== undefined) await this.#after
    this.#after = undefined
    if (this.#phase !== 'opening') return
    const taken = await this.#attempt(() => this.#seats.take())
    if (this.#phase !== 'opening') {
      if (taken.ok) await retire(taken.value.connection)
      return
    }
    if (!taken.ok) return this.#fail(taken)
    const { connection, userVersion } = taken.value
    this.#holder.adopt(taken.value)
    const ready = await this.#prepare(connection, userVersion)
    if (!this.#holder.isOf(connection)) return
    if (!ready.ok) return this.#giveUp(connection, ready)
    const isQuiet = this.#isChanging
    this.#isChanging = false
    this.#enter('open')
    this.#options.connected(isQuiet)
    this.#leaveForSleep()
    this.#release()
  }

  async #prepare(connection: Connection, userVersion: number): Promise<Answer<null>> {
    const restored = await this.#options.restore(connection)
    if (!restored.ok) return restored
    const migrated = await this.#options.migrate(connection, userVersion)
    return migrated.ok && this.#holder.current?.role.kind === 'host'
      ? this.#seats.share(connection)
      : migrated
  }

  /** What it throws is why there is no engine. */
  async #attempt<Value>(work: () => Promise<Value>): Promise<Value | Failure> {
    try {
      return await work()
    } catch (error) {
      return startFailure(error)
    }
  }

  /** Turns to the next engine, with what this one has not answered. */
  #change(connection: Connection, reason: Failure): void {
    this.#detach(connection, reason, canAskAgain)
    void this.#open()
  }

  /** What became of the writes of this page that were under way is not known: only guests' are recorded. */
  #depose(connection: Connection): void {
    const reason = failure(
      'worker-lost',
      'Another tab has taken the database over, as this one did not react.',
    )
    this.#detach(connection, reason, isPlainRead)
    void this.#open()
  }

  #detach(connection: Connection, reason: Failure, mayAsk: (pending: PendingRequest) => boolean): void {
    this.#isLeft = reason
    connection.end(reason, this.#options.carryOver(connection.inFlight, mayAsk))
    this.#holder.forget()
    this.#options.disconnected(undefined)
    this.#isChanging = true
    this.#phase = 'opening'
  }

  /** New calls wait meanwhile, and are asked of the next engine. */
  async #handOver(): Promise<void> {
    const connection = this.#awake
    if (connection === undefined || this.#isHandingOver || this.#holder.current?.role.kind !== 'host') return
    this.#isHandingOver = true
    this.#holds += 1
    const answer = await connection.request('handOver', null, { isUrgent: true })
    this.#holds -= 1
    this.#isHandingOver = false
    if (answer.ok && this.#holder.isOf(connection)) this.#change(connection, hostChangedAnswer())
    else this.#release()
  }

  async #close(): Promise<void> {
    const { connection, role } = this.#holder.current ?? {}
    this.#holder.forget()
    this.#enter('closed')
    this.#options.disconnected(closedAnswer())
    if (connection === undefined) await this.#after
    else if (role?.kind === 'guest' && connection.inFlight.length === 0) dismiss(connection)
    else await retire(connection)
    await this.#seats.leave()
  }

  async #endFor(phase: 'failed' | 'closed', reason: Failure): Promise<void> {
    if (this.isClosed || this.#isDeleting) return
    const { connection, role } = this.#holder.current ?? {}
    this.#holder.forget()
    // Whoever deletes the database waits for the tabs that are there.
    if (phase === 'closed') {
      if (role?.kind === 'guest') connection?.end(reason)
      void this.#seats.leave()
    }
    const ending = connection === undefined ? Promise.resolve() : retire(connection)
    const ended = ending.then(() => this.#seats.leave())
    if (phase === 'closed') this.#closing ??= ended
    this.#after = ended
    this.#enter(phase, reason)
    this.#options.disconnected(reason)
  }

  /** The engine runs, but calls may not reach it: what it holds is given back before the next one starts. */
  #giveUp(connection: Connection, reason: Failure): void {
    if (!this.#holder.isOf(connection)) return
    this.#after = retire(connection)
    this.#fail(reason)
  }

  #fail(reason: Failure): void {
    this.#isLeft = otherLifeAnswer()
    this.#isChanging = false
    this.#holder.forget()
    this.#enter('failed', reason)
    this.#options.disconnected(reason)
  }

  #leaveForSleep(): void {
    const seat = this.#holder.current
    if (!this.#isAsleep || seat === undefined || this.#phase !== 'open') return
    if (!this.#seats.isKeptAsleep) this.#sleeping = this.#leaveSeat(seat)
    this.#showPhase()
  }

  /** A guest is not missed, and a host finishes what it was asked. */
  async #leaveSeat({ connection, role }: Seat): Promise<void> {
    const reason = failure('host-changed', 'The page was put to sleep.')
    if (this.#seats.isAwaited) {
      // The worker may be stopped together with the page, at any moment: others would wait for it.
      this.#detach(connection, failure('worker-lost', reason.error.message), isPlainRead)
      void this.#seats.leave()
      return
    }
    const type = role.kind === 'host' ? 'suspend' : 'close'
    const farewell = connection.request(type, null, { isUrgent: true })
    if (role.kind === 'host') {
      void this.#seats.leave()
      await farewell
    }
    if (!this.#holder.isOf(connection)) return
    this.#detach(connection, reason, canAskAgain)
    void this.#seats.leave()
  }

  #release(): void {
    if (this.connection !== undefined) this.#options.released()
  }

  #enter(phase: Phase, reason?: Failure): void {
    this.#phase = phase
    this.#showPhase(reason)
  }

  #showPhase(reason?: Failure): void {
    const isOpen = this.#phase === 'open' || (this.#phase === 'opening' && this.#isChanging)
    const isResting = isOpen && this.#isAsleep
    if (reason !== undefined || this.#phase !== 'failed') {
      this.#options.phaseChanged(isResting ? 'suspended' : isOpen ? 'open' : this.#phase, reason)
    }
  }
}

const OWN: TabRole = { kind: 'host', reason: 'The database could not be opened.' }
