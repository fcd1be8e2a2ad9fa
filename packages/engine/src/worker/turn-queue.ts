import { reportUncaught } from './report-uncaught.ts'
import { runTask, type Task } from './task.ts'

/** Runs work that asks SQLite, outside of a turn, when no turn is under way. */
export type Exclusively = <Result>(work: () => Task<Result>) => Promise<Result>

/**
 * Turns, one after another: while one waits for the storage no other may run, since a second call
 * would find SQLite in the middle of the first. Where nothing waits, a turn runs at once.
 */
export class TurnQueue {
  readonly #turns: (() => Task<void>)[] = []
  #isRunning = false

  get isIdle(): boolean {
    return !this.#isRunning
  }

  run(turn: () => Task<void>): void {
    this.#turns.push(turn)
    if (!this.#isRunning) this.#serve()
  }

  readonly exclusively: Exclusively = (work) =>
    new Promise((resolve, reject) => {
      this.run(function* () {
        try {
          resolve(yield* work())
        } catch (error) {
          reject(error)
        }
      })
    })

  #serve(): void {
    this.#isRunning = true
    for (let turn = this.#turns.shift(); turn !== undefined; turn = this.#turns.shift()) {
      try {
        const pending = runTask(turn())
        if (pending !== undefined) {
          void pending.catch(reportUncaught).then(() => this.#serve())
          return
        }
      } catch (error) {
        reportUncaught(error)
      }
    }
    this.#isRunning = false
  }
}
