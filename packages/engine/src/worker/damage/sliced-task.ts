import type { Task } from '../task.ts'

/** What a long work yields where others may have their turn. */
export const PAUSE: unique symbol = Symbol('pause')

/** Work that is too long for one turn: at each pause, it may be put off to another. */
export type SlicedTask<T> = Generator<Promise<unknown> | typeof PAUSE, T, unknown>

/** Milliseconds that it may run before others have their turn. */
const SLICE = 8

export interface Cancellable {
  /**
   * Ends the work where it stands: it sees the reason thrown there, and cleans up. It can have an answer all
   * the same, where what it was to do is done.
   */
  cancel(reason: unknown): Task<void>
}

/** Drives sliced work, a slice a turn. */
export class SlicedJob<T> implements Cancellable {
  /** Settles when the work ends, or is cancelled. */
  readonly done: Promise<T>
  readonly #work: SlicedTask<T>
  readonly #now: () => number
  readonly #later: (work: () => Task<void>) => void
  #resolve: (value: T) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined
  #isDone = false

  constructor(work: SlicedTask<T>, now: () => number, later: (work: () => Task<void>) => void) {
    this.#work = work
    this.#now = now
    this.#later = later
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever asked for it hears of a failure; nobody need have.
    this.done.catch(() => undefined)
    later(() => this.#slice())
  }

  *cancel(reason: unknown): Task<void> {
    if (this.#isDone) return
    this.#isDone = true
    try {
      let step = this.#work.throw(reason)
      while (step.done !== true) {
        step = step.value === PAUSE ? this.#work.next() : yield* this.#wait(step.value)
      }
      this.#resolve(step.value)
    } catch {
      // The reason itself, or what the cleaning up met, of which nobody is left to be told.
      this.#reject(reason)
    }
  }

  *#slice(): Task<void> {
    if (this.#isDone) return
    const end = this.#now() + SLICE
    try {
      let step = this.#work.next()
      for (;;) {
        if (step.done === true) {
          this.#isDone = true
          this.#resolve(step.value)
          return
        }
        if (step.value !== PAUSE) step = yield* this.#wait(step.value)
        else if (this.#now() <= end) step = this.#work.next()
        else {
          this.#later(() => this.#slice())
          return
        }
      }
    } catch (error) {
      this.#isDone = true
      this.#reject(error)
    }
  }

  *#wait(pending: Promise<unknown>): Task<IteratorResult<Promise<unknown> | typeof PAUSE, T>> {
    let value: unknown
    try {
      value = yield pending
    } catch (error) {
      return this.#work.throw(error)
    }
    return this.#work.next(value)
  }
}
