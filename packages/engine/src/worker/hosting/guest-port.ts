import type { PageMessage, Request, WorkerMessage } from '../../link/protocol.ts'
import type { HostedEngine } from './hosting.ts'
import type { Session } from '../session.ts'
import { failure } from '../../link/pending-request.ts'
import { HELLO } from '../../link/hello.ts'
import { guestChannel } from '../../tabs/tab-names.ts'
import { type Envelope, readEnvelope } from '../../tabs/tab-news.ts'
import { RequestNumbers } from './request-numbers.ts'

interface GuestPortOptions {
  readonly engine: HostedEngine
  readonly name: string
  readonly client: string
  readonly attempt: string
  readonly epoch: string
  /** Counts the guests of this engine, from 1. */
  readonly index: number
  /** Counts messages that are none, or not meant. */
  readonly ignore: () => void
}

/** The host's end of the channel to one guest, and its session. */
export class GuestPort {
  readonly #options: GuestPortOptions
  readonly #numbers: RequestNumbers
  readonly #channel: BroadcastChannel
  readonly #session: Session
  readonly #closing = new AbortController()
  #sent = 0
  #received = 0

  constructor(options: GuestPortOptions) {
    const { engine, name, client, attempt, index } = options
    this.#options = options
    this.#numbers = new RequestNumbers(index)
    this.#channel = new BroadcastChannel(guestChannel(name, attempt))
    const owner = { client: () => client, isGuest: true, numbers: this.#numbers }
    this.#session = engine.join(owner, (message) => this.#send(message))
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data))
    this.#post(HELLO)
  }

  get attempt(): string {
    return this.#options.attempt
  }

  get closed(): AbortSignal {
    return this.#closing.signal
  }

  get sent(): number {
    return this.#sent
  }

  get received(): number {
    return this.#received
  }

  isOf(session: Session): boolean {
    return session === this.#session
  }

  /** If the tab `isGone`, nobody will ask what became of its writes. */
  close(isGone = false): void {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    this.#channel.close()
    this.#options.engine.part(this.#session, isGone)
  }

  /** What comes twice, or is of another epoch, is ignored. So is what comes after a gap: the guest begins anew. */
  #receive(data: unknown): void {
    const envelope = readEnvelope<PageMessage>(data, ['requests'])
    if (envelope?.epoch !== this.#options.epoch || envelope.sequence !== this.#received + 1) {
      this.#options.ignore()
      return
    }
    this.#received = envelope.sequence
    const { message } = envelope
    const requests = message.requests.map((request) => this.#enter(request))
    this.#options.engine.receive({ ...message, requests }, this.#session)
  }

  #enter(request: Request): Request {
    const moved = { ...request, id: this.#numbers.toEngine(request.id) }
    if (moved.type !== 'abort') return moved
    return { ...moved, payload: { request: this.#numbers.toEngine(moved.payload.request) } }
  }

  #send(message: WorkerMessage): void {
    const replies = message.replies.map((reply) => ({ ...reply, id: this.#numbers.toPage(reply.id) }))
    try {
      this.#post({ ...message, replies })
    } catch (cause) {
      // It is only for want of memory that an answer cannot be copied.
      const { error } = failure('out-of-memory', 'The answer could not be sent to the tab.', cause)
      this.#post({ ...HELLO, replies: replies.map(({ id }) => ({ id, ok: false, error })) })
    }
  }

  #post(message: WorkerMessage): void {
    const { epoch } = this.#options
    this.#channel.postMessage({ epoch, sequence: this.#sent + 1, message } satisfies Envelope<WorkerMessage>)
    this.#sent += 1
  }
}
