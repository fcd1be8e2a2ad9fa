/** Marks the time in which the continuations of a promise run. */
export interface ContinuationGuard {
  /** Whether code runs that is marked already. */
  readonly isInside: () => boolean
  readonly run: <Result>(code: () => Result) => Result
  readonly enter: () => void
  readonly leave: () => void
}

type Reaction<Value, Result> = ((value: Value) => Result | PromiseLike<Result>) | null | undefined

/**
 * A promise that marks the time in which what waits for it runs. A callback of `then` is marked
 * while it runs. `await` hands in a function of the platform instead, which queues the rest of the
 * asynchronous function as a microtask: microtasks run in the order in which they are queued, so one
 * queued before and one after it enclose exactly that rest.
 */
export class GuardedPromise<Value> extends Promise<Value> {
  #guard: ContinuationGuard | undefined

  static guard<Value>(promise: Promise<Value>, guard: ContinuationGuard): GuardedPromise<Value> {
    const guarded = new GuardedPromise<Value>((resolve, reject) => void promise.then(resolve, reject))
    guarded.#guard = guard
    return guarded
  }

  // oxlint-disable-next-line unicorn/no-thenable -- this is where what waits for the promise can be seen
  override then<Fulfilled = Value, Rejected = never>(
    onFulfilled?: Reaction<Value, Fulfilled>,
    onRejected?: Reaction<unknown, Rejected>,
  ): Promise<Fulfilled | Rejected> {
    const guard = this.#guard
    if (guard === undefined) return super.then(onFulfilled, onRejected)
    const next = super.then(mark(guard, onFulfilled), mark(guard, onRejected))
    if (next instanceof GuardedPromise) next.#guard = guard
    return next
  }
}

function mark<Value, Result>(
  guard: ContinuationGuard,
  reaction: Reaction<Value, Result>,
): Reaction<Value, Result> {
  if (typeof reaction !== 'function') return reaction
  // `await` calls `then` from a microtask of its own. In marked code it is the user who does, and who
  // may hand in what wakes code that has nothing to do with the transaction.
  if (guard.isInside() || !isOfPlatform(reaction)) return (value) => guard.run(() => reaction(value))
  return (value) => {
    queueMicrotask(guard.enter)
    try {
      return reaction(value)
    } finally {
      queueMicrotask(guard.leave)
    }
  }
}

/** The functions that settle a promise are anonymous built-in ones; a bound function has a name. */
function isOfPlatform(reaction: (...values: never) => unknown): boolean {
  return reaction.name === '' && Function.prototype.toString.call(reaction).includes('[native code]')
}
