import type { EngineLifeOptions } from './engine-life-options.ts'
import type { EnginePhase } from './engine-phase.ts'
import type { Connection } from './connection.ts'
import type { Answer, Failure } from './pending-request.ts'
import type { SeatSource } from './seat.ts'
import type { SeatHolder } from './seat-holder.ts'
import { startFailure } from './pending-request.ts'
import { retire } from './retire.ts'

export interface EngineOpeningOptions extends Pick<EngineLifeOptions, 'restore' | 'migrate' | 'after'> {
  readonly phase: EnginePhase
  readonly holder: SeatHolder
  readonly seats: () => SeatSource
  /** Whether it is to come to nothing. */
  readonly isInterrupted: () => boolean
  /** `isQuiet` where the engine has taken the place of another. */
  readonly opened: (isQuiet: boolean) => void
  readonly fail: (reason: Failure) => void
  readonly giveUp: (connection: Connection, reason: Failure) => void
}

/** How a page comes from wanting an engine to having one in which its database is ready. */
export class EngineOpening {
  readonly #options: EngineOpeningOptions
  #after: Promise<void> | undefined
  #underWay: Promise<void> | undefined

  constructor(options: EngineOpeningOptions) {
    this.#options = options
    this.#after = options.after
  }

  /** When the last engine has let go of the database, if it has not yet. */
  get after(): Promise<void> | undefined {
    return this.#after
  }

  get underWay(): Promise<void> | undefined {
    return this.#underWay
  }

  /** The next engine is to wait until this one has let go. */
  follow(ending: Promise<void>): void {
    this.#after = ending
  }

  start(): void {
    const opening = this.#open().finally(() => {
      if (this.#underWay === opening) this.#underWay = undefined
    })
    this.#underWay = opening
  }

  get #isWanted(): boolean {
    const { phase, isInterrupted } = this.#options
    return phase.current === 'opening' && !isInterrupted()
  }

  async #open(): Promise<void> {
    const { phase, holder, seats, opened, fail, giveUp } = this.#options
    if (this.#after !== undefined) await this.#after
    this.#after = undefined
    if (!this.#isWanted) return
    const taken = await seats().take().catch(startFailure)
    if (!this.#isWanted) {
      if (taken.ok) await retire(taken.value.connection)
      return
    }
    if (!taken.ok) return fail(taken)
    const { connection, userVersion } = taken.value
    holder.adopt(taken.value)
    const ready = await this.#prepare(connection, userVersion)
    if (!holder.isOf(connection)) return
    if (!ready.ok) return giveUp(connection, ready)
    // Calls that wait need not wait for the answer: they are asked in one message with it, and after it.
    if (holder.current?.role.kind === 'host') void this.#share(connection)
    const isQuiet = phase.isChanging
    phase.enter('open')
    opened(isQuiet)
  }

  async #prepare(connection: Connection, userVersion: number): Promise<Answer<null>> {
    const { restore, migrate } = this.#options
    const restored = await restore(connection)
    return restored.ok ? migrate(connection, userVersion) : restored
  }

  /** Lets other tabs ask the engine. */
  async #share(connection: Connection): Promise<void> {
    const { holder, seats, giveUp } = this.#options
    const shared = await seats().share(connection)
    if (!shared.ok && holder.isOf(connection)) giveUp(connection, shared)
  }
}
