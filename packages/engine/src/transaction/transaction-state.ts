import type { Answer, AnswerTo, Failure, RequestOptions } from '../link/pending-request.ts'
import type { RequestType, RequestTypes } from '../link/protocol.ts'
import { abortedAnswer } from '../link/abort.ts'
import { failure } from '../link/pending-request.ts'
import { startQuietTimer } from '../quiet-timer.ts'

/** How requests are made of the engine that a transaction is begun in. */
export interface TransactionLink {
  /** Which engine that is, once the transaction has begun. */
  readonly life: number
  request<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    options?: RequestOptions,
  ): Promise<AnswerTo<Type>>
}

export interface TransactionLimits {
  readonly isReadonly: boolean
  /** Milliseconds from its beginning, perhaps without end. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
}

/** Errors after which the engine knows the transaction no more. */
const ENDINGS: ReadonlySet<string> = new Set([
  'transaction-timeout',
  'transaction-closed',
  'worker-lost',
  'host-changed',
  'closed',
])

const ENDED = failure('transaction-closed', 'The transaction has already ended.')

/** A transaction from its beginning to its end, whoever brings that about. */
export class TransactionState {
  readonly id: number
  /** The engine that it was begun in. */
  readonly life: number
  readonly isReadonly: boolean
  /** Settles when it is ended by its timeout or its signal, however its callback fares. */
  readonly cutOff: Promise<Failure>
  /** Settles when it is ended, by whatever. */
  readonly ended: Promise<void>
  readonly #link: TransactionLink
  readonly #stopTimer: () => void
  readonly #stopListening: () => void
  #resolveCutOff: (reason: Failure) => void = () => undefined
  #resolveEnded: () => void = () => undefined
  #isConcluding = false
  #end: Failure | undefined
  /** How many calls of the database itself came while this transaction held the writer. */
  #waitingCalls = 0

  constructor(id: number, link: TransactionLink, { timeout, signal, isReadonly }: TransactionLimits) {
    this.id = id
    this.isReadonly = isReadonly
    this.#link = link
    this.life = link.life
    this.cutOff = new Promise((resolve) => {
      this.#resolveCutOff = resolve
    })
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve
    })
    const expire = (): void =>
      this.#cutOff(failure('transaction-timeout', `The transaction was open for more than ${timeout} ms.`))
    const abort = (): void => this.#cutOff(abortedAnswer(signal))
    this.#stopTimer = Number.isFinite(timeout) ? startQuietTimer(expire, timeout) : () => undefined
    this.#stopListening = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted === true) abort()
  }

  get isOpen(): boolean {
    return this.#end === undefined && !this.#isConcluding
  }

  /** Whether it was undone because the tab that hosted it went away: it may be begun again. */
  get isHostChanged(): boolean {
    return this.#end?.error.code === 'host-changed'
  }

  /** Notes that a call outside of the transaction has to wait for it. */
  noteWaitingCall(): void {
    this.#waitingCalls += 1
  }

  async request<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    options?: RequestOptions,
  ): Promise<AnswerTo<Type>> {
    if (this.#end !== undefined) return this.#end
    if (this.#isConcluding) return ENDED
    return this.#examine(await this.#link.request(type, payload, { ...options, life: this.life }))
  }

  /** The engine keeps the rows of a stream until it is closed, however the transaction fares. */
  async closeStream(stream: number): Promise<void> {
    await this.#link.request('streamClose', { stream }, { life: this.life })
  }

  /** Ends the transaction, unless the engine says that it cannot be committed as it is. */
  commit(userVersion?: number): Promise<Answer<null>> {
    return this.#conclude('commit', { transaction: this.id, userVersion })
  }

  /** Undoes what is not committed. */
  rollback(): Promise<Answer<null>> {
    return this.#conclude('rollback', { transaction: this.id })
  }

  async #conclude<Type extends 'commit' | 'rollback'>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
  ): Promise<Answer<null>> {
    if (this.#end !== undefined) return this.#end
    if (this.#isConcluding) return ENDED
    this.#isConcluding = true
    const outlivesHost = type === 'commit' && !this.isReadonly
    const answer = await this.#link.request(type, payload, { life: this.life, outlivesHost })
    this.#isConcluding = false
    if (answer.ok) this.#finish(ENDED)
    return this.#examine(answer)
  }

  /** Learns from an answer whether the transaction goes on. */
  #examine<Value>(answer: Answer<Value>): Answer<Value> {
    if (answer.ok) return answer
    // What was under way as the transaction was cut off is told why.
    if (answer.error.code === 'transaction-closed' && this.#end !== undefined) return this.#end
    const explained = this.#explain(answer)
    if (ENDINGS.has(answer.error.code)) this.#finish(explained)
    return explained
  }

  #cutOff(reason: Failure): void {
    if (this.#end !== undefined || this.#isConcluding) return
    const explained = this.#explain(reason)
    this.#finish(explained)
    void this.#link.request('rollback', { transaction: this.id }, { life: this.life })
    this.#resolveCutOff(explained)
  }

  #finish(reason: Failure): void {
    this.#end ??= reason
    this.#resolveEnded()
    this.#stopTimer()
    this.#stopListening()
  }

  #explain(reason: Failure): Failure {
    const { error, cause } = reason
    if (error.code !== 'transaction-timeout' || this.#waitingCalls === 0) return reason
    const hint =
      'Meanwhile the database itself was called, which has to wait for the transaction. ' +
      'If that call was awaited inside the transaction, neither could go on.'
    return { ok: false, error: { ...error, message: `${error.message} ${hint}` }, cause }
  }
}
