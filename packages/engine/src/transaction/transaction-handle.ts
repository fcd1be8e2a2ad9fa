import type { Executor, Transaction } from '../handle.ts'
import type { ExecutorContext } from '../calls/executor-context.ts'
import type { OuterHandleGuard, Scope } from './outer-handle-guard.ts'
import type { TransactionState } from './transaction-state.ts'
import { DataSyncError } from '../errors.ts'
import { createExecutor } from '../calls/executor.ts'
import { valueOf } from '../link/value-of.ts'

/** What is the same for a transaction and for those nested in it. */
export interface TransactionContext {
  readonly state: TransactionState
  readonly nextStream: () => number
  /** Absent where a call of the database would not wait for the transaction. */
  readonly guard: OuterHandleGuard | undefined
}

/** A level of a transaction, whose guard scope it is: the whole, or a savepoint. */
export class TransactionLevel implements Scope {
  readonly parent: TransactionLevel | undefined
  readonly depth: number
  readonly handle: Transaction
  readonly #context: TransactionContext
  #isOpen = true
  #hasCallback = false
  /** The nested transaction that runs, if one does, which the calls of this level wait for. */
  #nested: Promise<void> | undefined

  constructor(context: TransactionContext, parent?: TransactionLevel) {
    this.#context = context
    this.parent = parent
    this.depth = parent === undefined ? 0 : parent.depth + 1
    this.handle = { ...this.#createExecutor(), transaction: (callback) => this.#nest(callback) }
  }

  get isOpen(): boolean {
    return this.#isOpen && this.#context.state.isOpen
  }

  /** Runs the callback that this level exists for. */
  async runCallback<T>(callback: (tx: Transaction) => Promise<T>): Promise<T> {
    if (typeof callback !== 'function') {
      throw new DataSyncError('invalid-argument', 'transaction() is given a function of the transaction.')
    }
    const { guard } = this.#context
    this.#hasCallback = true
    try {
      return await (guard === undefined
        ? callback(this.handle)
        : guard.run(this, () => callback(this.handle)))
    } finally {
      this.#isOpen = false
    }
  }

  #createExecutor(): Executor {
    const { state, nextStream } = this.#context
    const context: ExecutorContext = {
      transaction: state.id,
      check: (method) => this.#check(method),
      request: async (type, payload, options) => {
        while (this.#nested !== undefined && state.isOpen) await this.#nested
        return state.request(type, payload, options)
      },
      watch: (promise) => this.#watch(promise),
      nextStream,
      closeStream: (stream) => state.closeStream(stream),
      life: () => state.life,
    }
    return createExecutor(context)
  }

  #nest<T>(callback: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#watch(this.#runNested(callback))
  }

  async #runNested<T>(callback: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#check('transaction')
    const { state } = this.#context
    while (this.#nested !== undefined && state.isOpen) await this.#nested
    const level = new TransactionLevel(this.#context, this)
    const savepoint = { transaction: state.id, depth: level.depth }
    let finish = (): void => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    // Nobody waits for ever on a callback that does not end: the transaction ends in time.
    this.#nested = Promise.race([finished, state.ended])
    try {
      valueOf(await state.request('savepoint', { ...savepoint, action: 'begin' }))
      try {
        const result = await level.runCallback(callback)
        valueOf(await state.request('savepoint', { ...savepoint, action: 'release' }))
        return result
      } catch (error) {
        await state.request('savepoint', { ...savepoint, action: 'rollback' })
        throw error
      }
    } finally {
      this.#nested = undefined
      finish()
    }
  }

  #check(method: string): void {
    this.#context.guard?.check(this, `tx.${method}`)
    if (!this.#isOpen) throw new DataSyncError('transaction-closed', 'The transaction has already ended.')
  }

  #watch<Value>(promise: Promise<Value>): Promise<Value> {
    const { guard } = this.#context
    // Without a callback, what follows a promise cannot be told from other code.
    return guard === undefined || !this.#hasCallback ? promise : guard.watch(this, promise)
  }
}
