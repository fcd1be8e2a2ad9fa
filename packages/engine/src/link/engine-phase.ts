import type { EngineLifeOptions, Phase } from './engine-life-options.ts'
import type { Failure } from './pending-request.ts'

/** The phase that an engine's life is in, and what of it is shown. */
export class EnginePhase {
  readonly #show: EngineLifeOptions['phaseChanged']
  #phase: Phase = 'idle'
  /** Whether an engine is on its way that takes the place of another, which nobody need notice. */
  #isChanging = false
  #isAsleep = false

  constructor(show: EngineLifeOptions['phaseChanged']) {
    this.#show = show
  }

  get current(): Phase {
    return this.#phase
  }

  get isChanging(): boolean {
    return this.#isChanging
  }

  get isAsleep(): boolean {
    return this.#isAsleep
  }

  enter(phase: Phase, reason?: Failure): void {
    this.#phase = phase
    this.#isChanging = false
    this.show(reason)
  }

  /** Not shown: as far as anybody sees, the database stays open. */
  change(): void {
    this.#phase = 'opening'
    this.#isChanging = true
  }

  /** Not shown: what is entered next is. */
  reset(): void {
    this.#phase = 'idle'
  }

  setAsleep(isAsleep: boolean): void {
    this.#isAsleep = isAsleep
  }

  show(reason?: Failure): void {
    const isOpen = this.#phase === 'open' || this.#isChanging
    if (reason === undefined && this.#phase === 'failed') return
    this.#show(isOpen && this.#isAsleep ? 'suspended' : isOpen ? 'open' : this.#phase, reason)
  }
}
