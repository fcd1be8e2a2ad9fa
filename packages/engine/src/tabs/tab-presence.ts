import { sharedChannel, tabLock } from './tab-names.ts'
import { readTabNews, type TabNews } from './tab-news.ts'

/**
 * A tab among those of its database, from `enter` to `leave`: heard on the channel that they share, and held
 * to be there for as long as it has a lock of its own.
 */
export class TabPresence {
  readonly #name: string
  readonly #client: string
  readonly #hear: (news: TabNews | undefined) => void
  #channel: BroadcastChannel | undefined
  #release: (() => void) | undefined
  #entering: Promise<void> | undefined

  /** `hear` is called with undefined for a message that is none of ours. */
  constructor(name: string, client: string, hear: (news: TabNews | undefined) => void) {
    this.#name = name
    this.#client = client
    this.#hear = hear
  }

  /** Resolves when the others can see that it is there. */
  enter(): Promise<void> {
    this.#entering ??= this.#enter()
    return this.#entering
  }

  say(news: TabNews): void {
    this.#channel?.postMessage(news)
  }

  leave(): void {
    this.#channel?.close()
    this.#channel = undefined
    this.#release?.()
    this.#release = undefined
    this.#entering = undefined
  }

  async #enter(): Promise<void> {
    const channel = new BroadcastChannel(sharedChannel(this.#name))
    this.#channel = channel
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (this.#channel === channel) this.#hear(readTabNews(data))
    })
    const left = new Promise<void>((resolve) => {
      this.#release = resolve
    })
    await new Promise<void>((resolve) => {
      const hold = (): Promise<void> => {
        resolve()
        return left
      }
      // A browser may take it from a page that it puts to sleep, which `leave` has then given up already.
      navigator.locks.request(tabLock(this.#name, this.#client), hold).catch(() => resolve())
    })
  }
}
