import { startQuietTimer } from '../quiet-timer.ts'

/** Milliseconds between two looks. */
const PERIOD = 1000
/** Milliseconds of silence after which the host is asked for a sign of life. */
const QUIET = 900
/** So many questions without an answer, and the host is held to be frozen, or hanging with its whole tab. */
const MOST_QUESTIONS = 5

export interface HostWatchOptions {
  /** When the host was last heard, in milliseconds of the page's clock; undefined if nobody waits for it. */
  readonly heardAt: () => number | undefined
  readonly ask: () => void
  readonly despair: () => void
}

/** Looks after whom this tab waits for: a host that is frozen says nothing, and keeps its lock. */
export class HostWatch {
  readonly #options: HostWatchOptions
  #stop: (() => void) | undefined
  #last: number | undefined
  #questions = 0

  constructor(options: HostWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#stop ??= this.#wait()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = undefined
  }

  #wait(): () => void {
    return startQuietTimer(() => {
      this.#stop = this.#wait()
      this.#look()
    }, PERIOD)
  }

  /** Counted, and not timed: this tab may have been frozen itself. */
  #look(): void {
    const { heardAt, ask, despair } = this.#options
    const last = heardAt()
    if (last === undefined || performance.now() - last < QUIET) {
      this.#questions = 0
      return
    }
    if (last !== this.#last) this.#questions = 0
    this.#last = last
    this.#questions += 1
    if (this.#questions <= MOST_QUESTIONS) return ask()
    this.#questions = 0
    despair()
  }
}
