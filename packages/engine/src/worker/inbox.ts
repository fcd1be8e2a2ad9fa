import type { PageMessage, Request } from '../link/protocol.ts'
import type { Session } from './session.ts'
import type { Task } from './task.ts'
import type { TurnQueue } from './turn-queue.ts'
import { assertVersion } from './assert-version.ts'

export interface InboxActions {
  readonly turns: TurnQueue
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  readonly serve: (session: Session, request: Request) => Task<void>
  readonly fail: (session: Session, request: Request, error: unknown) => void
  /** Ends a turn. */
  readonly settle: () => Task<void>
}

interface Mail {
  readonly session: Session
  readonly message: PageMessage
}

/**
 * The messages that have arrived. The first is served at once; those that arrive while it is being served
 * are gathered, so that their commits share one flush of the log and one refresh of the live queries.
 * Being served takes longer where the storage makes it wait.
 */
export class Inbox {
  readonly #actions: InboxActions
  readonly #mail: Mail[] = []
  /** What came from those who are not admitted. */
  #held: Mail[] = []
  #admits: (session: Session) => boolean = () => true
  #isGathering = false

  constructor(actions: InboxActions) {
    this.#actions = actions
  }

  get isEmpty(): boolean {
    return this.#mail.length === 0
  }

  receive(session: Session, message: PageMessage): void {
    this.#mail.push({ session, message })
    if (!this.#isGathering) this.#serveAll()
  }

  /** Others wait from now on. */
  admitOnly(admits: (session: Session) => boolean): void {
    this.#admits = admits
  }

  admitAll(): void {
    this.#admits = () => true
    for (const { session, message } of this.#held.splice(0)) this.receive(session, message)
  }

  /** A session has ended: nobody waits for what it asked. */
  forget(session: Session): void {
    this.#held = this.#held.filter((mail) => mail.session !== session)
  }

  #serveAll(): void {
    this.#isGathering = this.#mail.length > 0
    if (this.#isGathering) this.#actions.turns.run(() => this.#turn())
  }

  *#turn(): Task<void> {
    const { settle, schedule } = this.#actions
    try {
      // Taken now: there may be more of them than when the turn was asked for.
      for (const mail of this.#mail.splice(0)) {
        if (this.#admits(mail.session)) yield* this.#serveMail(mail)
        else this.#held.push(mail)
      }
    } finally {
      try {
        yield* settle()
      } finally {
        schedule(() => this.#serveAll())
      }
    }
  }

  *#serveMail({ session, message }: Mail): Task<void> {
    const { serve, fail } = this.#actions
    session.outcomes.noteOldest(message.oldest)
    for (const request of message.requests) {
      try {
        assertVersion(message.version)
        if (request.again === true) session.outcomes.noteAgain(request.id)
        yield* serve(session, request)
      } catch (error) {
        fail(session, request, error)
      }
    }
  }
}
