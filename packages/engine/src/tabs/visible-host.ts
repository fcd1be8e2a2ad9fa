import { startQuietTimer } from '../quiet-timer.ts'

/** Milliseconds after which a tab that is not seen tries again to give the engine away. */
const RETRY = 5000

export interface VisibleHostOptions {
  /** Whether this tab hosts now. */
  readonly isHost: () => boolean
  readonly handOver: () => void
}

/** Has the engine where the user is: a host that is not seen gives it to the tab in reserve, if that one is. */
export class VisibleHost {
  readonly #options: VisibleHostOptions
  #isNextVisible = false
  #stopRetry: (() => void) | undefined

  constructor(options: VisibleHostOptions) {
    this.#options = options
  }

  /** What the tab in reserve says of itself. */
  noteNext(isSeen: boolean): void {
    this.#isNextVisible = isSeen
    this.consider()
  }

  consider(): void {
    this.#stopRetry?.()
    const { isHost, handOver } = this.#options
    if (!isHost() || isVisible() || !this.#isNextVisible) return
    handOver()
    // It may have been in the middle of something.
    this.#stopRetry = startQuietTimer(() => this.consider(), RETRY)
  }

  /** Nothing is known of another tab any more. */
  reset(): void {
    this.#stopRetry?.()
    this.#isNextVisible = false
  }
}

export function isVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState === 'visible'
}
