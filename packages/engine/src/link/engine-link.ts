import type { Answer, AnswerTo, Failure, PendingRequest, RequestOptions } from './pending-request.ts'
import type { ImportFinish } from './import-protocol.ts'
import type { OpenRequest, RequestType, RequestTypes } from './protocol.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import { abortedAnswer, createInterruptFlag, listenToSignal } from './abort.ts'
import { askOf, type Ask } from './ask.ts'
import type { Connection } from './connection.ts'
import { askAgain } from './ask-again.ts'
import { EngineLife } from './engine-life.ts'
import type { EngineLifeOptions } from './engine-life-options.ts'
import { mayReplaceFor } from './overstay.ts'
import { closedAnswer, createRequest, failure, OK } from './pending-request.ts'

/** Milliseconds after which an engine that does not even acknowledge an abort is replaced. */
const OVERSTAY = 2000

export type EngineLinkOptions = Omit<EngineLifeOptions, 'open' | 'released' | 'carryOver'> & {
  readonly open: () => Omit<OpenRequest, 'interrupt'>
}

/** The way of all calls to the engine: they open it, wait while it cannot be reached, and can be aborted. */
export class EngineLink {
  readonly #life: EngineLife
  readonly #interrupt = createInterruptFlag()
  #waiting: PendingRequest[] = []
  #openers: ((answer: Answer<null>) => void)[] = []

  constructor(options: EngineLinkOptions) {
    this.#life = new EngineLife({
      ...options,
      open: () => ({ ...options.open(), interrupt: this.#interrupt?.buffer }),
      disconnected: (reason) => {
        options.disconnected(reason)
        if (reason !== undefined) this.#failWaiting(reason)
      },
      released: () => this.#release(),
      carryOver: (inFlight, mayAsk) => this.#carryOver(inFlight, mayAsk),
    })
  }

  /** Tells engines apart: what was begun in one does not exist in the next. */
  get life(): number {
    return this.#life.life
  }

  get isClosed(): boolean {
    return this.#life.isClosed
  }

  /** Opens the database unless it is open; answers when calls can reach it, or why they cannot. */
  open(): Promise<Answer<null>> {
    if (this.#life.connection !== undefined) return Promise.resolve(OK)
    if (this.#life.isClosed) return Promise.resolve(closedAnswer())
    return new Promise((resolve) => {
      this.#openers.push(resolve)
      this.#life.start()
    })
  }

  request<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    options?: RequestOptions,
  ): Promise<AnswerTo<Type>> {
    return new Promise((resolve) => this.#send(createRequest<Type>(type, payload, resolve, options)))
  }

  /**
   * Tells an open engine of something that the next one would be told by `connected` anyway: dropped
   * if there is none. `settle` is called before listeners are notified.
   */
  tell<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    settle: (answer: AnswerTo<Type>) => void,
    options?: RequestOptions,
  ): void {
    if (this.#life.isOpen)
      this.#send(createRequest<Type>(type, payload, settle, { ...options, isEarly: true }))
  }

  /** Aborted while it waits for the writer, the content stays; once it has begun, it may still be finished. */
  takeOver(
    life: number,
    payload: ImportFinish,
    signal: AbortSignal | undefined,
  ): Promise<AnswerTo<'importFinish'>> {
    return this.#life.takeOver(life, async (connection) => {
      if (signal?.aborted === true) return abortedAnswer(signal)
      // Not as other requests are sent, since the import itself keeps those waiting.
      return new Promise((resolve) => {
        const request = createRequest('importFinish', payload, resolve, { signal })
        connection.send(listenToSignal(request, (aborted) => this.#abort(aborted)))
      })
    })
  }

  /** Has an engine asked, be it that the database cannot be opened for what is in it. */
  async look<Value>(use: (ask: Ask) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    const opened = await this.open()
    if (!opened.ok) return this.#life.look(opened, (connection) => use(askOf(connection)))
    const { life } = this
    return use((type, payload, signal) => this.request(type, payload, { life, signal }))
  }

  suspend(): void {
    this.#life.sleep.begin()
  }

  resume(): Promise<void> {
    return this.#life.sleep.end()
  }

  close(): Promise<void> {
    return this.#life.close()
  }

  async delete(): Promise<Answer<null>> {
    for (;;) {
      const answer = await this.#life.delete(await this.open())
      if (answer.ok || answer.error.code !== 'host-changed') return answer
    }
  }

  #send(request: PendingRequest): void {
    const { signal, life } = request.options
    if (signal?.aborted === true) return request.settle(abortedAnswer(signal))
    if (this.#life.isClosed) return request.settle(closedAnswer())
    // What is meant for an engine that is gone is no reason to start another.
    if (life !== undefined && !this.#life.isAlive(life)) return request.settle(this.#life.otherLife)
    const pending = listenToSignal(request, (aborted) => this.#abort(aborted))
    const connection = this.#reach(pending)
    if (connection !== undefined) return connection.send(pending)
    this.#waiting.push(pending)
    this.#life.start()
  }

  #forward(pending: PendingRequest): void {
    const connection = this.#reach(pending)
    if (connection === undefined) pending.settle(this.#life.otherLife)
    else connection.send(pending)
  }

  #reach({ options }: PendingRequest): Connection | undefined {
    return options.life === undefined ? this.#life.connection : this.#life.connectionOf(options.life)
  }

  #release(): void {
    const openers = this.#openers
    const waiting = this.#waiting
    this.#openers = []
    this.#waiting = []
    for (const resolve of openers) resolve(OK)
    for (const pending of waiting) this.#forward(pending)
  }

  /** What was asked of a host that is gone, without an answer. The next one is told anew of all live queries. */
  #carryOver(
    inFlight: readonly PendingRequest[],
    mayAsk: (pending: PendingRequest) => boolean,
  ): readonly PendingRequest[] {
    const repeated = inFlight.filter(mayAsk)
    const told = inFlight.filter(({ options }) => options.isEarly === true)
    this.#waiting = [
      ...repeated.map(askAgain),
      ...this.#waiting.filter(({ options }) => options.isEarly !== true),
    ]
    return [...repeated, ...told]
  }

  #failWaiting(reason: Failure): void {
    const openers = this.#openers
    const waiting = this.#waiting
    this.#openers = []
    this.#waiting = []
    // They were never sent: there is no doubt about their outcome.
    const answer: Failure =
      reason.error.code === 'worker-lost' ? failure('worker-failed', reason.error.message) : reason
    for (const resolve of openers) resolve(answer)
    for (const pending of waiting) pending.settle(answer)
  }

  #abort(pending: PendingRequest): void {
    const { id } = pending.request
    if (this.#waiting.some((waiting) => waiting.request.id === id)) {
      this.#waiting = this.#waiting.filter((waiting) => waiting.request.id !== id)
      pending.settle(abortedAnswer(pending.options.signal))
      return
    }
    const connection = this.#life.connectionOf(this.life)
    if (connection === undefined || !connection.inFlight.some(({ request }) => request.id === id)) return
    this.#interrupt?.raise(id)
    const stop = this.#watchOverstay(pending)
    void connection.request('abort', { request: id }).then(() => {
      stop()
      this.#interrupt?.lower(id)
    })
  }

  /** Watches until the engine acknowledges the abort; replaces it if that takes too long. */
  #watchOverstay(pending: PendingRequest): () => void {
    let stop = (): void => undefined
    const watch = (): void => {
      stop = startQuietTimer(() => {
        if (!this.#replaceFor(pending)) watch()
      }, OVERSTAY)
    }
    watch()
    return () => stop()
  }

  /** Whether the engine was replaced, or need not be any more. */
  #replaceFor(aborted: PendingRequest): boolean {
    const connection = this.#life.connectionOf(this.life)
    const inFlight = connection?.inFlight ?? []
    if (connection === undefined || !inFlight.some(({ request }) => request.id === aborted.request.id))
      return true
    // What another tab hosts, it replaces.
    if (!this.#life.isHost) return false
    if (!mayReplaceFor(aborted, inFlight)) return false
    for (const pending of inFlight) {
      const { signal } = pending.options
      if (signal?.aborted === true) connection.settle(pending, abortedAnswer(signal))
    }
    const repeatable = connection.inFlight.filter(({ options }) => options.isRepeatable)
    // The next engine is told anew of all that is kept up to date.
    const told = connection.inFlight.filter(({ options }) => options.isEarly)
    this.#waiting = [...repeatable, ...this.#waiting.filter(({ options }) => options.isEarly !== true)]
    const reason = 'The worker was replaced, since it did not react to the abort of another call.'
    this.#life.replace(failure('worker-lost', reason), [...repeatable, ...told])
    return true
  }
}
