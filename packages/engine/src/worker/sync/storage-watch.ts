import type { StorageStatus } from '../../link/protocol.ts'

/** Milliseconds between two looks: the browser takes some for it, and what uses the room is rarely us. */
const PAUSE = 5000

/** Keeps what is known of the storage up to date: how much room there is, and whether it is kept. */
export class StorageWatch {
  readonly #read: () => Promise<StorageStatus>
  readonly #show: (status: StorageStatus) => void
  readonly #now: () => number
  #last = -Infinity
  #shown = ''

  constructor(read: () => Promise<StorageStatus>, show: (status: StorageStatus) => void, now: () => number) {
    this.#read = read
    this.#show = show
    this.#now = now
  }

  noteSync(): void {
    if (this.#now() - this.#last >= PAUSE) this.refresh()
  }

  refresh(): void {
    // What cannot be told now may be later, and nothing depends on it.
    void this.look().then(
      (status) => {
        if (status !== undefined) this.#show(status)
      },
      () => undefined,
    )
  }

  /** What is known now; undefined if that was known before. */
  async look(): Promise<StorageStatus | undefined> {
    this.#last = this.#now()
    const status = await this.#read()
    const text = JSON.stringify(status)
    if (text === this.#shown) return undefined
    this.#shown = text
    return status
  }
}
