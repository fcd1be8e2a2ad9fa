import type { Diagnosis } from '../doctor/finding.ts'
import type { Answer, AnswerTo, Failure, PendingRequest, RequestOptions } from './pending-request.ts'
import type { Reply, RequestType, RequestTypes, WorkerMessage } from './protocol.ts'
import type { Transport } from './transport.ts'
import { within } from '../doctor/within.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import { createRequest, failure } from './pending-request.ts'
import { PROTOCOL_VERSION } from './protocol.ts'

/** Milliseconds that the engine's script may take to arrive and run. */
const HANDSHAKE = 5000

/** Milliseconds of that after which silence is looked into, so that the reason is known at the end. */
const SUSPICION = 3000

/** Milliseconds for which the end waits for that reason. */
const GRACE = 2000

export interface ConnectionEvents {
  /** News of a message, to be shown before the calls that the message answers are settled. */
  readonly deliver: (message: WorkerMessage) => void
  /** Listeners may be told now of all that `deliver` and early answers changed. */
  readonly notify: (message: WorkerMessage) => void
  /** The engine did not start, or died. Everything under way was answered. */
  readonly lost: (reason: Failure) => void
  /** The engine is no longer the one to ask. Nothing was answered. */
  readonly moved: () => void
  /** Another tab has taken the database away from it. Nothing was answered. */
  readonly deposed: () => void
}

/** The link to one engine, from its start to its end: batches requests and hands out the answers. */
export class Connection {
  readonly #transport: Transport
  readonly #events: ConnectionEvents
  readonly #inFlight = new Map<number, PendingRequest>()
  #queue: PendingRequest[] = []
  #stopHandshake: () => void = () => undefined
  #hasSpoken = false
  #end: Failure | undefined

  constructor(transport: Transport, events: ConnectionEvents) {
    this.#transport = transport
    this.#events = events
    if (transport.isPatient !== true) this.#stopHandshake = startQuietTimer(() => this.#suspect(), SUSPICION)
    transport.listen({
      message: (message) => this.#receive(message),
      failure: (reason, cause) => void this.#fail(reason, cause),
      moved: () => {
        if (this.#end === undefined) this.#events.moved()
      },
    })
  }

  /** Requests that were made and not answered, the oldest first. */
  get inFlight(): readonly PendingRequest[] {
    return [...this.#inFlight.values()]
  }

  send(pending: PendingRequest): void {
    if (this.#end !== undefined) {
      pending.settle(this.#end)
      return
    }
    this.#inFlight.set(pending.request.id, pending)
    this.#queue.push(pending)
    if (pending.options.isUrgent === true) this.#post()
    else if (this.#queue.length === 1) queueMicrotask(() => this.#post())
  }

  request<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    options?: RequestOptions,
  ): Promise<AnswerTo<Type>> {
    return new Promise((resolve) => this.send(createRequest<Type>(type, payload, resolve, options)))
  }

  /** Settles one request here, whatever the engine may still answer. */
  settle(pending: PendingRequest, answer: Failure): void {
    if (!this.#inFlight.delete(pending.request.id)) return
    this.#queue = this.#queue.filter((queued) => queued !== pending)
    pending.settle(answer)
  }

  /** Ends the engine at once and answers everything that is under way, save what is to be `kept`. */
  end(answer: Failure, kept: readonly PendingRequest[] = []): void {
    if (this.#end !== undefined) return
    this.#end = answer
    this.#stopHandshake()
    this.#queue = []
    this.#transport.terminate()
    for (const pending of kept) this.#inFlight.delete(pending.request.id)
    for (const pending of this.inFlight) this.settle(pending, answer)
  }

  #suspect(): void {
    const examined = this.#examine()
    this.#stopHandshake = startQuietTimer(() => void this.#giveUp(examined), HANDSHAKE - SUSPICION)
  }

  /** To find out why it is silent takes longer on a busy machine, on which it may yet speak meanwhile. */
  async #giveUp(examined: Promise<Diagnosis | undefined>): Promise<void> {
    const diagnosis = await within(GRACE, examined)
    if (!this.#hasSpoken) this.#lose(describeSilence(), undefined, diagnosis)
  }

  /** Why it did not start is found out first, for which the rest of the handshake is left. */
  async #fail(reason: string, cause: unknown): Promise<void> {
    if (this.#hasSpoken) this.#lose(reason, cause)
    else this.#lose(reason, cause, await this.#examine())
  }

  async #examine(): Promise<Diagnosis | undefined> {
    return this.#transport.examine?.().catch(() => undefined)
  }

  #lose(reason: string, cause?: unknown, diagnosis?: Diagnosis): void {
    if (this.#end !== undefined) return
    const { code: finding, sentence = reason, remedy } = diagnosis ?? {}
    const code = this.#hasSpoken ? 'worker-lost' : 'worker-failed'
    const answer = failure(code, sentence, cause, diagnosis && { finding, remedy })
    this.end(answer)
    this.#events.lost(answer)
  }

  #post(): void {
    const queue = this.#queue
    this.#queue = []
    if (queue.length === 0) return
    try {
      this.#transport.post(
        { version: PROTOCOL_VERSION, requests: queue.map(({ request }) => request), oldest: this.#oldest },
        queue.flatMap(({ options }) => options.transfer ?? []),
      )
    } catch (error) {
      // Parameters were checked, so that it is only for want of memory that they cannot be copied.
      const answer = failure('out-of-memory', 'The call could not be sent to the engine.', error)
      for (const pending of queue) this.settle(pending, answer)
    }
  }

  #receive(message: WorkerMessage): void {
    if (this.#end !== undefined) return
    this.#stopHandshake()
    if (message.version !== PROTOCOL_VERSION) {
      this.#lose(describeVersions(message.version))
      return
    }
    this.#hasSpoken = true
    if (message.isDeposed === true) {
      this.#events.deposed()
      return
    }
    const answers = message.replies.flatMap((reply) => this.#take(reply))
    try {
      this.#events.deliver(message)
      for (const { pending, answer } of answers) if (pending.options.isEarly === true) pending.settle(answer)
      this.#events.notify(message)
    } finally {
      for (const { pending, answer } of answers) if (pending.options.isEarly !== true) pending.settle(answer)
    }
  }

  /** Requests are sent, and kept, in the order of their numbers, except for those that an earlier engine had. */
  get #oldest(): number {
    let oldest = Infinity
    for (const id of this.#inFlight.keys()) oldest = Math.min(oldest, id)
    return oldest
  }

  #take(reply: Reply): readonly { readonly pending: PendingRequest; readonly answer: Answer<Value> }[] {
    const pending = this.#inFlight.get(reply.id)
    if (pending === undefined) return []
    this.#inFlight.delete(reply.id)
    return [{ pending, answer: reply }]
  }
}

type Value = RequestTypes[RequestType]['reply']

function describeSilence(): string {
  return `The engine's worker did not answer within ${HANDSHAKE} ms.`
}

function describeVersions(version: number): string {
  return `The worker speaks version ${version} of the protocol, the page version ${PROTOCOL_VERSION}: one of the two files is older than the other.`
}
