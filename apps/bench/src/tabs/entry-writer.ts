import type { Tab } from './contender.ts'
import { INSERT_ENTRY } from './data.ts'
import { sharedNow } from './shared-clock.ts'
import type { Outcomes } from './tasks.ts'

/** Writes rows that no other tab writes, and keeps count of what became of them. */
export class EntryWriter {
  readonly #tab: Tab
  /** Names this tab in its rows. */
  readonly #id: number
  #number = 0
  #acknowledged = 0
  #refused = 0
  #reason: string | undefined

  constructor(tab: Tab, id: number) {
    this.#tab = tab
    this.#id = id
  }

  /** Since the last call of this. */
  takeOutcomes(): Outcomes {
    const outcomes = { acknowledged: this.#acknowledged, refused: this.#refused, reason: this.#reason }
    this.#acknowledged = 0
    this.#refused = 0
    this.#reason = undefined
    return outcomes
  }

  /** Writes one row. Returns when it was acknowledged, or undefined if it was refused. */
  async write(): Promise<number | undefined> {
    try {
      // A row that was refused may have been written all the same: its number is not used again.
      await this.#tab.run(INSERT_ENTRY, [this.#id, ++this.#number])
      this.#acknowledged += 1
      return sharedNow()
    } catch (error) {
      this.#refused += 1
      this.#reason ??= error instanceof Error ? error.message : String(error)
      // Whoever refuses at once is not to be asked without end before anything else can run.
      await new Promise((resolve) => setTimeout(resolve))
      return undefined
    }
  }
}
