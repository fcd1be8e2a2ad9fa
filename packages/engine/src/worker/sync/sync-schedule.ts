import type { SyncCause, SyncSettings } from '../../link/sync-protocol.ts'

/** Milliseconds before a sync that failed is tried again: twice as many each time, up to a bound. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000

type Timer = ReturnType<typeof setTimeout>

/** When what was committed under `relaxed` is made durable. */
export class SyncSchedule {
  readonly #settings: SyncSettings
  readonly #due: (cause: SyncCause) => void
  #interval: Timer | undefined
  #debounce: Timer | undefined
  #retry: Timer | undefined
  #pause = FIRST_PAUSE

  /** `due` is called when it is time, and tells the outcome by `noteSynced` or `noteFailed`. */
  constructor(settings: SyncSettings, due: (cause: SyncCause) => void) {
    this.#settings = settings
    this.#due = due
  }

  noteCommit(): void {
    // The next attempt takes it along.
    if (this.#retry !== undefined) return
    const { interval, debounce } = this.#settings
    this.#interval ??= setTimeout(() => this.#due('interval'), interval)
    if (debounce === undefined) return
    clearTimeout(this.#debounce)
    this.#debounce = setTimeout(() => this.#due('debounce'), debounce)
  }

  noteSynced(): void {
    this.stop()
    this.#pause = FIRST_PAUSE
  }

  noteFailed(): void {
    this.stop()
    this.#retry = setTimeout(() => this.#due('retry'), this.#pause)
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
  }

  stop(): void {
    clearTimeout(this.#interval)
    clearTimeout(this.#debounce)
    clearTimeout(this.#retry)
    this.#interval = undefined
    this.#debounce = undefined
    this.#retry = undefined
  }
}
