import type { OpenRequest, PageMessage } from '../../link/protocol.ts'
import type { HostMetrics } from '../../link/sync-protocol.ts'
import type { Post } from '../engine-host.ts'
import type { Session, SessionOwner } from '../session.ts'
import { PROTOCOL_VERSION } from '../../link/protocol.ts'
import { isCompatible, readTabNews, type TabNews, type TabVersion } from '../../tabs/tab-news.ts'
import { clientOfLock, sharedChannel, tabLock } from '../../tabs/tab-names.ts'
import { GuestPort } from './guest-port.ts'

/** What is asked of the engine for the other tabs. */
export interface HostedEngine {
  join(owner: SessionOwner, post: Post): Session
  receive(message: PageMessage, session: Session): void
  /** Forgets a page; if it `isGone` for good, what is recorded of its writes as well. */
  part(session: Session, isGone: boolean): void
}

/** Milliseconds for which the other tabs are given time to let go of a database that was deleted. */
const FAREWELL = 1000

/** Makes an engine one for all tabs: from `start` to `stop`, it answers who asks on the channel of the database. */
export class Hosting {
  readonly #engine: HostedEngine
  readonly #name: string
  readonly #version: TabVersion
  readonly #epoch: string
  readonly #guests = new Map<string, GuestPort>()
  #isStopped = false
  #channel: BroadcastChannel | undefined
  #guestCount = 0
  #ignored = 0

  constructor(engine: HostedEngine, { name, migrations }: OpenRequest, epoch: string) {
    this.#epoch = epoch
    this.#engine = engine
    this.#name = name
    this.#version = { protocol: PROTOCOL_VERSION, migrations }
  }

  get metrics(): HostMetrics {
    return { guests: this.#guests.size, ignoredMessages: this.#ignored }
  }

  /** The clients that are there, be they guests already or not. */
  async presentClients(): Promise<readonly string[]> {
    const { held = [] } = await navigator.locks.query()
    return held.flatMap(({ name = '' }) => clientOfLock(this.#name, name) ?? [])
  }

  start(): void {
    if (this.#isStopped) return
    const channel = new BroadcastChannel(sharedChannel(this.#name))
    this.#channel = channel
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const news = readTabNews(data)
      if (news === undefined) this.#ignored += 1
      else this.#hear(news)
    })
    this.#announce()
  }

  /** Nobody is heard any more but the one to be answered yet; guests find the next host by themselves. */
  stop(heard: Session): void {
    this.#isStopped = true
    for (const guest of this.#guests.values()) if (!guest.isOf(heard)) guest.close()
    this.#guests.clear()
    this.#channel?.close()
    this.#channel = undefined
  }

  /** Resolves when all tabs but that of this session are gone, or have had time enough. */
  async announceDeletion(by: Session): Promise<void> {
    const channel = new BroadcastChannel(sharedChannel(this.#name))
    channel.postMessage({ kind: 'deleted' } satisfies TabNews)
    const client = by.owner.client()
    const deadline = performance.now() + FAREWELL
    for (;;) {
      const present = await this.presentClients()
      if (present.every((other) => other === client) || performance.now() > deadline) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    channel.close()
  }

  #announce(): void {
    this.#say({ kind: 'hosting', epoch: this.#epoch, ...this.#version })
  }

  #say(news: TabNews): void {
    this.#channel?.postMessage(news)
  }

  #hear(news: TabNews): void {
    if (news.kind === 'hello') {
      // A tab of another version sees by the answer which of the two is to be loaded anew.
      if (isCompatible(news, this.#version)) this.#welcome(news)
      else this.#announce()
    }
    if (news.kind === 'ping') this.#answer(news)
  }

  #answer({ client, epoch, sent, received }: Extract<TabNews, { kind: 'ping' }>): void {
    const guest = this.#guests.get(client)
    if (guest === undefined || epoch !== this.#epoch || guest.received !== sent || received > guest.sent) {
      this.#say({ kind: 'renew', client })
    } else this.#say({ kind: 'alive', client, sent: guest.sent })
  }

  /** One that was a guest already begins anew: what it had under way is undone. */
  #welcome({ client, attempt }: Extract<TabNews, { kind: 'hello' }>): void {
    const known = this.#guests.get(client)
    if (known?.attempt === attempt) return
    known?.close()
    const guest = new GuestPort({
      engine: this.#engine,
      name: this.#name,
      client,
      attempt,
      epoch: this.#epoch,
      index: ++this.#guestCount,
      ignore: () => void this.#ignored++,
    })
    this.#guests.set(client, guest)
    void this.#watch(client, guest)
  }

  /** A tab that is gone, in whatever way, has let go of its lock. */
  async #watch(client: string, guest: GuestPort): Promise<void> {
    try {
      await navigator.locks.request(tabLock(this.#name, client), { signal: guest.closed }, () => undefined)
    } catch {
      return
    }
    if (this.#guests.get(client) === guest) this.#guests.delete(client)
    guest.close(true)
  }
}
