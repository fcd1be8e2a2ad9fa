import type { PageMessage, Request } from '../link/protocol.ts'
import type { Task } from './task.ts'
import type { TurnQueue } from './turn-queue.ts'
import { assertVersion } from './assert-version.ts'

export interface InboxActions {
  readonly turns: TurnQueue
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  readonly serve: (request: Request) => Task<void>
  readonly fail: (request: Request, error: unknown) => void
  /** Ends a turn. */
  readonly settle: () => Task<void>
}

/**
 * The messages that have arrived. The first is served at once; those that arrive while it is being served
 * are gathered, so that their commits share one flush of the log and one refresh of the live queries.
 * Being served takes longer where the storage makes it wait.
 */
export class Inbox {
  readonly #actions: InboxActions
  readonly #messages: PageMessage[] = []
  #isGathering = false

  constructor(actions: InboxActions) {
    this.#actions = actions
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0
  }

  receive(message: PageMessage): void {
    this.#messages.push(message)
    if (!this.#isGathering) this.#serveAll()
  }

  #serveAll(): void {
    this.#isGathering = this.#messages.length > 0
    if (this.#isGathering) this.#actions.turns.run(() => this.#turn())
  }

  *#turn(): Task<void> {
    const { serve, fail, settle, schedule } = this.#actions
    try {
      // Taken now: there may be more of them than when the turn was asked for.
      for (const { version, requests } of this.#messages.splice(0)) {
        for (const request of requests) {
          try {
            assertVersion(version)
            yield* serve(request)
          } catch (error) {
            fail(request, error)
          }
        }
      }
    } finally {
      try {
        yield* settle()
      } finally {
        schedule(() => this.#serveAll())
      }
    }
  }
}
