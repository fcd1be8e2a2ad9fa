import type { BeginRequest } from '../link/protocol.ts'
import type { Connection } from './sqlite/connection.ts'
import type { MaybeTask, Task } from './task.ts'
import { DataSyncError } from '../errors.ts'

/** Timers of more milliseconds than that go off at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** An interactive transaction: who runs it, and how it ended if it did. */
export class OpenTransaction {
  readonly connection: Connection
  readonly isReadonly: boolean
  /** Milliseconds from its start after which it is undone. */
  readonly timeout: number
  readonly #release: () => MaybeTask
  readonly #deadline: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #end: DataSyncError | undefined
  #isOpen = true

  constructor(
    connection: Connection,
    request: BeginRequest,
    callbacks: { readonly release: () => MaybeTask; readonly timeout: () => void },
    now: number,
  ) {
    this.#deadline = now + request.timeout
    this.connection = connection
    this.isReadonly = request.readonly
    this.timeout = request.timeout
    this.#release = callbacks.release
    if (request.timeout <= LONGEST_TIMER) this.#timer = setTimeout(callbacks.timeout, request.timeout)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Milliseconds until it is undone. */
  timeLeft(now: number): number {
    return Math.max(0, this.#deadline - now)
  }

  /** Throws if the transaction has ended, with the reason if it was not its owner who ended it. */
  assertOpen(): void {
    if (this.#isOpen) return
    throw this.#end ?? new DataSyncError('transaction-closed', 'The transaction has already ended.')
  }

  /** Gives back what the transaction held. `reason` is what later calls of its owner are told. */
  *end(reason?: DataSyncError): Task<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#end = reason
    clearTimeout(this.#timer)
    const releasing = this.#release()
    if (releasing !== undefined) yield* releasing
  }
}
