import type { PageMessage, WorkerMessage } from '../link/protocol.ts'
import type { Transport, TransportListeners } from '../link/transport.ts'
import { guestChannel } from './tab-names.ts'
import { type Envelope, readEnvelope } from './tab-news.ts'

export interface GuestEvents {
  /** The host is found. */
  readonly welcomed: () => void
  /** A message was none, or not meant. */
  readonly ignored: () => void
}

/** A guest's end of the channel to the host of one epoch: that of the first message that comes. */
export class GuestTransport implements Transport {
  readonly isPatient = true
  readonly #channel: BroadcastChannel
  readonly #events: GuestEvents
  #listeners: TransportListeners | undefined
  #epoch: string | undefined
  #sent = 0
  #received = 0
  #heardAt = performance.now()

  /** `attempt` names this channel among those that the tab has had. */
  constructor(name: string, attempt: string, events: GuestEvents) {
    this.#events = events
    this.#channel = new BroadcastChannel(guestChannel(name, attempt))
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data))
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  get sent(): number {
    return this.#sent
  }

  get received(): number {
    return this.#received
  }

  /** When the host was last heard on this channel, in milliseconds of the page's clock. */
  get heardAt(): number {
    return this.#heardAt
  }

  post(message: PageMessage): void {
    if (this.#epoch === undefined) return
    const envelope: Envelope<PageMessage> = { epoch: this.#epoch, sequence: this.#sent + 1, message }
    this.#channel.postMessage(envelope)
    this.#sent += 1
  }

  listen(listeners: TransportListeners): void {
    this.#listeners = listeners
  }

  /** Only this end: the engine is not this tab's to end. */
  terminate(): void {
    this.#channel.close()
    this.#listeners = undefined
  }

  /** There is another host, or this one has lost count of what was said. */
  move(): void {
    this.#listeners?.moved()
  }

  #receive(data: unknown): void {
    const envelope = readEnvelope<WorkerMessage>(data, ['updates', 'replies'])
    const isFirst = this.#epoch === undefined && envelope?.sequence === 1
    const isMeant = isFirst || envelope?.epoch === this.#epoch
    if (envelope === undefined || !isMeant || envelope.sequence <= this.#received) {
      this.#events.ignored()
      return
    }
    this.#heardAt = performance.now()
    if (envelope.sequence > this.#received + 1) return this.move()
    this.#received = envelope.sequence
    if (isFirst) {
      this.#epoch = envelope.epoch
      this.#events.welcomed()
    }
    this.#listeners?.message(envelope.message)
  }
}
