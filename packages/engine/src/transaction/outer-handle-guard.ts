import { DataSyncError } from '../errors.ts'
import { GuardedPromise } from './guarded-promise.ts'

/** A transaction, or one nested in another, as the guard sees it. The database itself is `undefined`. */
export interface Scope {
  readonly parent: Scope | undefined
  readonly isOpen: boolean
}

/**
 * Knows, where that can be known for certain, that code runs inside the callback of a transaction:
 * its synchronous part, and what directly follows an awaited promise of that transaction. A call
 * through an outer handle from there would wait for the transaction, which waits for the call: it is
 * rejected instead. Whatever else calls meanwhile is never mistaken for such, and waits its turn.
 */
export class OuterHandleGuard {
  #current: Scope | undefined

  get current(): Scope | undefined {
    return this.#current
  }

  /** @throws DataSyncError `transaction-misuse` if this handle is outside of the transaction that calls it. */
  check(handle: Scope | undefined, method: string): void {
    let inside = this.#current
    while (inside !== undefined && !inside.isOpen) inside = inside.parent
    if (inside === undefined || inside === handle || !contains(handle, inside)) return
    const what = handle === undefined ? 'the database' : 'the outer transaction'
    throw new DataSyncError(
      'transaction-misuse',
      `${method}() of ${what} was called inside the callback of a transaction, which it would wait for.`,
    )
  }

  /** Runs code that is part of the callback of `scope`. */
  run<Result>(scope: Scope, code: () => Result): Result {
    const previous = this.#current
    this.#current = scope
    try {
      return code()
    } finally {
      this.#current = previous
    }
  }

  /** A promise of the transaction `scope`: what follows it is part of the callback again. */
  watch<Value>(scope: Scope, promise: Promise<Value>): Promise<Value> {
    return GuardedPromise.guard(promise, {
      isInside: () => this.#current === scope,
      run: (code) => this.run(scope, code),
      enter: () => {
        this.#current = scope
      },
      leave: () => {
        this.#current = undefined
      },
    })
  }
}

function contains(outer: Scope | undefined, inner: Scope): boolean {
  if (outer === undefined) return true
  let scope = inner.parent
  while (scope !== undefined && scope !== outer) scope = scope.parent
  return scope !== undefined
}
