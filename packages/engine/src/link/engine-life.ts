import type { EngineLifeOptions, FinishImport } from './engine-life-options.ts'
import { EngineOpening } from './engine-opening.ts'
import { EnginePhase } from './engine-phase.ts'
import type { Answer, AnswerTo, Failure, PendingRequest } from './pending-request.ts'
import type { SeatSource } from './seat.ts'
import { canAskAgain, isPlainRead, leavesNothing } from './ask-again.ts'
import { Connection } from './connection.ts'
import { PageSleep } from './page-sleep.ts'
import { closedAnswer, deposedAnswer, hostChangedAnswer, otherLifeAnswer } from './pending-request.ts'
import { dismiss, retire } from './retire.ts'
import { SeatHolder } from './seat-holder.ts'
import { UnopenedEngine } from './unopened-engine.ts'

/**
 * The engines of one database, one after another: opened when first needed, opened again after one
 * was lost or replaced, put to sleep with the page, closed.
 */
export class EngineLife {
  readonly #options: EngineLifeOptions
  readonly #seats: SeatSource
  readonly #phase: EnginePhase
  readonly #holder: SeatHolder
  readonly #opening: EngineOpening
  /** How many pieces of work keep calls waiting. */
  #holds = 0
  #isHandingOver = false
  #isDeleting = false
  /** A page that may be kept for long without running lets go of its engine. */
  readonly sleep: PageSleep
  readonly #unopened: UnopenedEngine
  #closing: Promise<void> | undefined
  #isLeft: Failure = otherLifeAnswer()

  constructor(options: EngineLifeOptions) {
    this.#options = options
    this.#phase = new EnginePhase(options.phaseChanged)
    this.#holder = new SeatHolder(options, {
      lost: (reason) => this.#fail(reason),
      moved: (connection) => this.#change(connection, hostChangedAnswer()),
      deposed: (connection) => this.#depose(connection),
    })
    const parts = { phase: this.#phase, holder: this.#holder, seats: () => this.#seats }
    this.sleep = new PageSleep({
      ...parts,
      owesNothing: ({ inFlight }) => options.open().durability === 'strict' && inFlight.every(leavesNothing),
      detach: (connection, reason, mayAsk) => this.#detach(connection, reason, mayAsk),
      open: () => this.#opening.start(),
      opening: () => this.#opening.underWay,
      release: () => this.#release(),
    })
    this.#opening = new EngineOpening({
      ...options,
      ...parts,
      isInterrupted: () => this.sleep.isInterrupting,
      opened: (isQuiet) => {
        options.connected(isQuiet)
        this.sleep.continue()
        this.#release()
      },
      fail: (reason) => this.#fail(reason),
      giveUp: (connection, reason) => this.#giveUp(connection, reason),
    })
    this.#unopened = new UnopenedEngine({
      ...parts,
      open: options.open,
      fail: (reason) => this.#fail(reason),
      giveUp: (connection, reason) => this.#giveUp(connection, reason),
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
    return this.#phase.current === 'open'
  }

  get isHost(): boolean {
    return this.#holder.current?.role.kind === 'host'
  }

  get isClosed(): boolean {
    return this.#phase.current === 'closed'
  }

  /** Tells engines apart: what was begun in one does not exist in the next. */
  get life(): number {
    return this.#holder.count
  }

  start(): void {
    if (this.#phase.current !== 'idle' && this.#phase.current !== 'failed') return
    this.#phase.enter('opening')
    this.#opening.start()
  }

  /** Ends an engine that does not react and opens another. `kept` requests are not answered. */
  replace(answer: Failure, kept: readonly PendingRequest[]): void {
    this.#holder.current?.connection.end(answer, kept)
    this.#forget(answer)
    this.#phase.reset()
    this.start()
  }

  /** Finishes an import, as `finish` asks for it: no call sees the new content before it is migrated. */
  async takeOver(life: number, finish: FinishImport): Promise<AnswerTo<'importFinish'>> {
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
      if (migrated.ok) return taken
      this.#giveUp(connection, migrated)
      return migrated
    } finally {
      this.#holds -= 1
      this.#release()
    }
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
      const connection = opened.ok ? this.#holder.current?.connection : await this.#unopened.connect(opened)
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
  look<Value>(
    opened: Failure,
    use: (connection: Connection) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    return this.#unopened.look(opened, use)
  }

  get #awake(): Connection | undefined {
    return this.isOpen && !this.#phase.isAsleep ? this.#holder.current?.connection : undefined
  }

  /** Turns to the next engine, with what this one has not answered. */
  #change(connection: Connection, reason: Failure): void {
    this.#detach(connection, reason, canAskAgain)
    this.#opening.start()
  }

  /** What became of the writes of this page that were under way is not known: only guests' are recorded. */
  #depose(connection: Connection): void {
    this.#detach(connection, deposedAnswer(), isPlainRead)
    this.#opening.start()
  }

  #detach(connection: Connection, reason: Failure, mayAsk: (pending: PendingRequest) => boolean): void {
    connection.end(reason, this.#options.carryOver(connection.inFlight, mayAsk))
    this.#forget(reason)
    this.#phase.change()
  }

  /** Another engine is on its way. */
  #forget(reason: Failure): void {
    this.#isLeft = reason
    this.#holder.forget()
    this.#options.disconnected(undefined)
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
    this.#phase.enter('closed')
    this.#options.disconnected(closedAnswer())
    if (connection === undefined) await this.#opening.after
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
    this.#opening.follow(ended)
    this.#phase.enter(phase, reason)
    this.#options.disconnected(reason)
  }

  /** The engine runs, but calls may not reach it: what it holds is given back before the next one starts. */
  #giveUp(connection: Connection, reason: Failure): void {
    if (!this.#holder.isOf(connection)) return
    this.#opening.follow(retire(connection))
    this.#fail(reason)
  }

  #fail(reason: Failure): void {
    this.#isLeft = otherLifeAnswer()
    this.#holder.forget()
    this.#phase.enter('failed', reason)
    this.#options.disconnected(reason)
  }

  #release(): void {
    if (this.connection !== undefined) this.#options.released()
  }
}
