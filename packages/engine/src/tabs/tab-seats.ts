import type { Connection } from '../link/connection.ts'
import type { SeatHost } from '../link/engine-life-options.ts'
import type { Answer, AnswerTo } from '../link/pending-request.ts'
import type { LockRequest } from '../link/protocol.ts'
import type { Seat, SeatSource, TabRole } from '../link/seat.ts'
import type { Transport } from '../link/transport.ts'
import { closedAnswer, failure, hostChangedAnswer, startFailure } from '../link/pending-request.ts'
import { retire } from '../link/retire.ts'
import { GuestTransport } from './guest-transport.ts'
import { HostWatch } from './host-watch.ts'
import { Standby } from './standby.ts'
import { isCompatible, isNewer, type TabNews, type TabVersion } from './tab-news.ts'
import { TabPresence } from './tab-presence.ts'
import { isVisible, VisibleHost } from './visible-host.ts'

export interface TabSeatsOptions {
  readonly name: string
  /** Names this page among the tabs of the database. */
  readonly client: string
  readonly version: TabVersion
  readonly createWorker: () => Transport
  /** A tab of a newer version has come. */
  readonly outdated: () => void
}

const HOST: TabRole = { kind: 'host', reason: 'This tab was the first, or the next when the host went away.' }
const GUEST: TabRole = { kind: 'guest', reason: 'Another tab hosts the database.' }

/**
 * The seats of a tab at the engine that all tabs of a database share: that of a guest, for as long as another
 * tab hosts it, and that of the host, when it is this tab's turn.
 */
export class TabSeats implements SeatSource {
  readonly isKeptAsleep = false
  readonly #options: TabSeatsOptions
  readonly #host: SeatHost
  readonly #presence: TabPresence
  readonly #standby: Standby
  readonly #watch: HostWatch
  readonly #place: VisibleHost
  #guest:
    | { readonly transport: GuestTransport; readonly connection: Connection; readonly attempt: string }
    | undefined
  /** An engine of this tab in which the database was opened before anybody asked for it. */
  #opened: { readonly connection: Connection; readonly answer: AnswerTo<'open'> } | undefined
  /** Counts when seats were asked for, and when none was wanted any more. */
  #visits = 0
  #waiting: ((answer: Answer<Seat>) => void) | undefined
  /** When somebody last told that the host lives. */
  #aliveAt = 0
  /** Of the engine of this tab, once it is shared. */
  #epoch: string | undefined
  /** The worker of this tab has the database. */
  #isHost = false
  /** Whether another tab has asked to be a guest of this one. */
  #hasGuests = false
  #retiring: Promise<void> | undefined
  /** A tab of a newer version was heard, since this one has last begun. */
  #isOutdated = false
  #ignored = 0

  constructor(host: SeatHost, options: TabSeatsOptions) {
    const { name, client } = options
    this.#options = options
    this.#host = host
    this.#presence = new TabPresence(name, client, (news) => this.#hear(news))
    this.#standby = new Standby({
      name,
      connect: () => host.connect(options.createWorker()),
      open: (connection, lock) => this.#open(connection, lock),
      failed: (error) => this.#settle(startFailure(error)),
      ready: () => this.#sayReady(),
      opened: (connection, answer) => this.#takeOpened(connection, answer),
    })
    this.#place = new VisibleHost({ isHost: () => this.#isHost, handOver: host.handOver })
    this.#watch = new HostWatch({
      heardAt: () => this.#heardAt(),
      ask: () => this.#ask(),
      despair: () => this.#standby.replaceHost(),
    })
  }

  /** Messages of other tabs that were none, came twice, or were of another engine. */
  get ignoredMessages(): number {
    return this.#ignored
  }

  get isAwaited(): boolean {
    return this.#isHost && this.#hasGuests
  }

  async take(): Promise<Answer<Seat>> {
    const visit = ++this.#visits
    if (this.#retiring !== undefined) await this.#retiring
    this.#isHost = false
    this.#isOutdated = false
    if (visit === this.#visits) await this.#presence.enter()
    if (visit !== this.#visits) return closedAnswer()
    this.#watch.start()
    const opened = this.#opened
    this.#opened = undefined
    if (opened !== undefined) return this.#seatOfHost(opened.connection, opened.answer)
    this.#aliveAt = performance.now()
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.#seekHost()
      this.#standby.start()
    })
  }

  async takeUnopened(): Promise<Connection> {
    this.#standby.stop()
    if (this.#retiring !== undefined) await this.#retiring
    return this.#host.connect(this.#options.createWorker())
  }

  share(connection: Connection): Promise<Answer<null>> {
    this.#epoch = crypto.randomUUID()
    return connection.request('host', { epoch: this.#epoch })
  }

  async leave(): Promise<void> {
    this.#visits += 1
    this.#settle(closedAnswer())
    this.#isHost = false
    this.#watch.stop()
    this.#place.reset()
    this.#standby.stop()
    this.#leaveGuest()
    this.#presence.leave()
    const opened = this.#opened
    this.#opened = undefined
    if (opened !== undefined) await retire(opened.connection)
  }

  /** The tab is seen, or not any more: the engine is best where the user is. */
  visibilityChanged(): void {
    if (this.#isHost) return this.#place.consider()
    if (this.#guest === undefined) return
    if (isVisible() && !this.#standby.isNext) this.#standby.takePlace()
    else if (this.#standby.isReady) this.#sayReady()
  }

  #sayReady(): void {
    this.#presence.say({ kind: 'ready', client: this.#options.client, isVisible: isVisible() })
  }

  #seekHost(): void {
    this.#leaveGuest()
    const { name } = this.#options
    const attempt = crypto.randomUUID()
    const transport = new GuestTransport(name, attempt, {
      welcomed: () => void this.#enterGuest(),
      ignored: () => void this.#ignored++,
    })
    const connection = this.#host.connect(transport)
    this.#guest = { transport, connection, attempt }
    this.#sayHello(attempt)
  }

  async #open(connection: Connection, lock: LockRequest): Promise<AnswerTo<'open'>> {
    const answer = await connection.request('open', { ...this.#host.open(), lock })
    // A frozen tab keeps the files even where its lock can be taken.
    return lock === 'steal' && !answer.ok && answer.error.code === 'database-in-use'
      ? failure('host-unresponsive', 'The tab that hosts the database gives no sign of life.')
      : answer
  }

  async #enterGuest(): Promise<void> {
    const guest = this.#guest
    if (guest === undefined) return
    const { connection } = guest
    const { interrupt: _, ...open } = this.#host.open()
    const answer = await connection.request('open', { ...open, lock: 'hurry', interrupt: undefined })
    if (this.#guest !== guest || this.#waiting === undefined) return
    // This host is about to leave; the next one tells.
    if (!answer.ok && answer.error.code === 'closed') return
    if (!answer.ok && answer.error.code === 'host-changed') return this.#seekHost()
    this.#settle(answer.ok ? seat(connection, GUEST, answer.value.userVersion) : answer)
  }

  #leaveGuest(): void {
    const guest = this.#guest
    this.#guest = undefined
    guest?.connection.end(hostChangedAnswer())
  }

  /** The worker in reserve has become the one that hosts, or has found out that it cannot. */
  #takeOpened(connection: Connection, answer: AnswerTo<'open'>): void {
    if (this.#waiting !== undefined) {
      this.#settle(this.#seatOfHost(connection, answer))
      return
    }
    this.#opened = { connection, answer }
    this.#guest?.transport.move()
  }

  #seatOfHost(connection: Connection, answer: AnswerTo<'open'>): Answer<Seat> {
    this.#leaveGuest()
    if (!answer.ok) {
      this.#retiring = retire(connection)
      return answer
    }
    this.#isHost = true
    this.#place.reset()
    this.#hasGuests = false
    return seat(connection, HOST, answer.value.userVersion)
  }

  #settle(answer: Answer<Seat>): void {
    const resolve = this.#waiting
    this.#waiting = undefined
    resolve?.(answer)
  }

  #hear(news: TabNews | undefined): void {
    const { client } = this.#options
    switch (news?.kind) {
      case undefined:
        this.#ignored += 1
        return
      case 'hello':
        this.#hasGuests = true
        return this.#compareVersion(news)
      case 'hosting':
        return this.#hearHosting(news)
      case 'ready':
        return this.#place.noteNext(news.isVisible)
      case 'ping':
        // Its worker may be busy for long, and yet not be dead.
        if (this.#isHost) this.#presence.say({ kind: 'alive' })
        return
      case 'alive':
        this.#aliveAt = performance.now()
        if (news.client === client && (news.sent ?? 0) > (this.#guest?.transport.received ?? 0)) this.#renew()
        return
      case 'renew':
        if (news.client === client) this.#renew()
        return
      case 'occupied':
        this.#standby.stop()
        return this.#settle(failure('database-in-use', 'It is open where it cannot be shared.'))
      case 'deleted':
        return this.#host.end('closed', failure('deleted', 'The database was deleted in another tab.'))
    }
  }

  #hearHosting(news: Extract<TabNews, { kind: 'hosting' }>): void {
    this.#compareVersion(news)
    this.#aliveAt = performance.now()
    if (news.epoch !== this.#epoch) this.#isHost = false
    const guest = this.#guest
    if (guest === undefined || guest.transport.epoch === news.epoch) return
    if (!isCompatible(news, this.#options.version)) return
    if (this.#waiting === undefined) return guest.transport.move()
    if (guest.transport.epoch === undefined) this.#sayHello(guest.attempt)
    else this.#seekHost()
  }

  #sayHello(attempt: string): void {
    const { client, version } = this.#options
    this.#presence.say({ kind: 'hello', client, attempt, ...version })
  }

  #renew(): void {
    if (this.#waiting !== undefined) this.#seekHost()
    else this.#guest?.transport.move()
  }

  #compareVersion(other: TabVersion): void {
    if (this.#isOutdated || !isNewer(other, this.#options.version)) return
    this.#isOutdated = true
    this.#options.outdated()
    this.#host.end('failed', failure('outdated', 'A newer version of the app is open in another tab.'))
  }

  #heardAt(): number | undefined {
    const guest = this.#guest
    if (this.#isHost || guest === undefined) return undefined
    const isWaited = this.#waiting !== undefined || guest.connection.inFlight.length > 0
    return isWaited ? Math.max(this.#aliveAt, guest.transport.heardAt) : undefined
  }

  #ask(): void {
    const { transport } = this.#guest ?? {}
    if (transport === undefined) return
    const { epoch = '', sent, received } = transport
    if (epoch === '') this.#sayHello(this.#guest?.attempt ?? '')
    this.#presence.say({ kind: 'ping', client: this.#options.client, epoch, sent, received })
  }
}

function seat(connection: Connection, role: TabRole, userVersion: number): Answer<Seat> {
  return { ok: true, value: { connection, role, userVersion } }
}
