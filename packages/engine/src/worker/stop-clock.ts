import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'

/**
 * Ends the statement that is running: past its time, or because its caller aborted it and said so
 * through the flag that an isolated page shares with the worker. One statement runs at a time.
 */
export class StopClock {
  readonly #now: () => number
  #interrupt: Int32Array | undefined
  #request = 0
  #deadline = Infinity
  #reason: 'timeout' | 'aborted' | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  share(interrupt: SharedArrayBuffer | undefined): void {
    this.#interrupt = interrupt === undefined ? undefined : new Int32Array(interrupt)
  }

  /**
   * Runs a request's statements under its deadline, for which the time that the storage takes counts as well;
   * an end by this clock is raised as what caused it.
   */
  *guard<Result>(request: number, timeout: number | undefined, task: Task<Result>): Task<Result> {
    this.#request = request
    this.#deadline = timeout === undefined ? Infinity : this.#now() + timeout
    this.#reason = undefined
    try {
      return yield* task
    } catch (error) {
      if (this.#reason === 'aborted') throw new DataSyncError('aborted', 'The statement was aborted.')
      if (this.#reason === 'timeout') {
        throw new DataSyncError('timeout', `The statement took longer than ${Math.round(timeout ?? 0)} ms.`)
      }
      throw error
    } finally {
      this.#request = 0
      this.#deadline = Infinity
      this.#reason = undefined
    }
  }

  /** What SQLite's progress handler asks. */
  readonly shouldStop = (): boolean => {
    if (this.#interrupt !== undefined && this.#request !== 0) {
      if (Atomics.load(this.#interrupt, 0) === this.#request) this.#reason = 'aborted'
    }
    if (this.#deadline !== Infinity && this.#now() > this.#deadline) this.#reason ??= 'timeout'
    return this.#reason !== undefined
  }
}
