import type { DatabaseStatus } from '../database-reports.ts'
import type { Answer, AnswerTo, Failure, PendingRequest } from './pending-request.ts'
import type { OpenRequest, WorkerMessage } from './protocol.ts'
import type { Transport } from './transport.ts'
import { DataSyncError } from '../errors.ts'
import { Connection } from './connection.ts'
import { DELETABLE } from './deletable.ts'
import { closedAnswer, failure, OK, otherLifeAnswer } from './pending-request.ts'
import { retire } from './retire.ts'

export type Phase = DatabaseStatus['phase']

export type FinishImport = (connection: Connection) => Promise<AnswerTo<'importFinish'>>

export interface EngineLifeOptions {
  /** Starts an engine. What it throws is why the database cannot be opened. */
  readonly connect: () => Transport
  readonly open: () => OpenRequest
  /** Brings content that was just opened, or imported, to where calls may meet it. */
  readonly migrate: (connection: Connection, userVersion: number) => Promise<Answer<null>>
  /** Gives an engine that was just opened what the one before it had beside its content. */
  readonly restore: (connection: Connection) => Promise<Answer<null>>
  /** When an earlier engine of this database, if there was one, has let go of it. */
  readonly after: Promise<void> | undefined
  readonly deliver: (message: WorkerMessage) => void
  readonly notify: (message: WorkerMessage) => void
  readonly phaseChanged: (phase: Phase, failure: Failure | undefined) => void
  /** An engine is open that has not been told of any live query. */
  readonly connected: () => void
  /** The engine is gone: with a failure until somebody asks for another, else another is on its way. */
  readonly disconnected: (failure: Failure | undefined) => void
  /** Calls can reach the engine that could not before. */
  readonly released: () => void
}

/**
 * The engines of one database, one after another: opened when first needed, opened again after one
 * was lost or replaced, put to sleep with the page, closed.
 */
export class EngineLife {
  readonly #options: EngineLifeOptions
  #phase: Phase = 'idle'
  #connection: Connection | undefined
  #life = 0
  #after: Promise<void> | undefined
  /** How many pieces of work keep calls waiting. */
  #holds = 0
  #isAsleep = false
  #isSuspended = false
  /** Counts how often the page was put to sleep. */
  #sleeps = 0
  #closing: Promise<void> | undefined

  constructor(options: EngineLifeOptions) {
    this.#options = options
    this.#after = options.after
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
    return this.isOpen && life === this.#life
  }

  /** Whether there is an engine that calls can reach, now or in a moment. */
  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  get isClosed(): boolean {
    return this.#phase === 'closed'
  }

  /** Tells engines apart: what was begun in one does not exist in the next. */
  get life(): number {
    return this.#life
  }

  start(): void {
    if (this.#phase !== 'idle' && this.#phase !== 'failed') return
    this.#enter('opening')
    void this.#open()
  }

  /** Ends an engine that does not react and opens another. `kept` requests are not answered. */
  replace(answer: Failure, kept: readonly PendingRequest[]): void {
    this.#connection?.end(answer, kept)
    this.#forgetConnection()
    this.#options.disconnected(undefined)
    this.#phase = 'idle'
    this.start()
  }

  /** Finishes an import, as `finish` asks for it: no call sees the new content before it is migrated. */
  async takeOver(life: number, finish: FinishImport): Promise<Answer<null>> {
    const { connection } = this
    if (connection === undefined || life !== this.#life) return otherLifeAnswer()
    this.#holds += 1
    try {
      const taken = await finish(connection)
      if (!taken.ok) return taken
      const migrated = await this.#options.migrate(connection, taken.value.userVersion)
      if (!migrated.ok) this.#giveUp(connection, migrated)
      return migrated
    } finally {
      this.#holds -= 1
      this.#release()
    }
  }

  /** Lets go of the files, since the page may be kept for long without running. */
  suspend(): void {
    this.#isAsleep = true
    this.#sleeps += 1
    this.#suspendEngine()
  }

  async resume(): Promise<void> {
    const sleeps = this.#sleeps
    const connection = this.#isSuspended ? this.#connection : undefined
    const answer = (await connection?.request('resume', null)) ?? OK
    this.#isSuspended = false
    if (connection !== undefined && !answer.ok) this.#giveUp(connection, answer)
    // It may have been put to sleep again meanwhile.
    if (sleeps === this.#sleeps) this.#isAsleep = false
    this.#suspendEngine()
    this.#showPhase()
    this.#release()
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
    try {
      const connection = opened.ok ? this.#connection : await this.#connectUnopened(opened)
      if (connection === undefined) return closedAnswer()
      if (!(connection instanceof Connection)) return connection
      const deleted = await connection.request('delete', null)
      if (!deleted.ok) this.#giveUp(connection, deleted)
      else if (this.#connection === connection) await this.close()
      return deleted
    } finally {
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
    await this.#after
    const connection = this.#connect()
    if (!(connection instanceof Connection)) {
      this.#fail(connection)
      return connection
    }
    const opened = await connection.request('open', this.#options.open())
    if (opened.ok || DELETABLE.has(opened.error.code)) return connection
    this.#giveUp(connection, opened)
    return opened
  }

  get #awake(): Connection | undefined {
    return this.isOpen && !this.#isAsleep ? this.#connection : undefined
  }

  async #open(): Promise<void> {
    if (this.#after !== undefined) await this.#after
    this.#after = undefined
    if (this.#phase !== 'opening') return
    const connection = this.#connect()
    if (!(connection instanceof Connection)) return this.#fail(connection)
    const opened = await connection.request('open', this.#options.open())
    if (!opened.ok) return this.#giveUp(connection, opened)
    const restored = await this.#options.restore(connection)
    if (!restored.ok) return this.#giveUp(connection, restored)
    const migrated = await this.#options.migrate(connection, opened.value.userVersion)
    if (!migrated.ok) return this.#giveUp(connection, migrated)
    if (this.#connection !== connection) return
    this.#enter('open')
    this.#options.connected()
    this.#suspendEngine()
    this.#release()
  }

  #connect(): Connection | Failure {
    try {
      const transport = this.#options.connect()
      const isCurrent = (): boolean => this.#connection === connection
      const connection: Connection = new Connection(transport, {
        deliver: (message) => isCurrent() && this.#options.deliver(message),
        notify: (message) => isCurrent() && this.#options.notify(message),
        lost: (answer) => {
          if (isCurrent()) this.#fail(answer)
        },
      })
      this.#connection = connection
      this.#life += 1
      return connection
    } catch (error) {
      if (error instanceof DataSyncError) return failure(error.code, error.sentence, error)
      return failure('worker-failed', "The engine's worker could not be started.", error)
    }
  }

  async #close(): Promise<void> {
    const connection = this.#connection
    this.#forgetConnection()
    this.#enter('closed')
    this.#options.disconnected(closedAnswer())
    if (connection === undefined) await this.#after
    else await retire(connection)
  }

  /** The engine runs, but calls may not reach it: what it holds is given back before the next one starts. */
  #giveUp(connection: Connection, reason: Failure): void {
    if (this.#connection !== connection) return
    this.#after = retire(connection)
    this.#fail(reason)
  }

  #fail(reason: Failure): void {
    this.#forgetConnection()
    this.#enter('failed', reason)
    this.#options.disconnected(reason)
  }

  #forgetConnection(): void {
    this.#connection = undefined
    this.#isSuspended = false
  }

  #suspendEngine(): void {
    if (!this.#isAsleep || this.#isSuspended || this.#phase !== 'open') return
    this.#isSuspended = true
    void this.#connection?.request('suspend', null, { isUrgent: true })
    this.#showPhase()
  }

  #release(): void {
    if (this.connection !== undefined) this.#options.released()
  }

  #enter(phase: Phase, reason?: Failure): void {
    this.#phase = phase
    this.#showPhase(reason)
  }

  #showPhase(reason?: Failure): void {
    const isResting = this.#phase === 'open' && this.#isAsleep
    if (reason !== undefined || this.#phase !== 'failed') {
      this.#options.phaseChanged(isResting ? 'suspended' : this.#phase, reason)
    }
  }
}
