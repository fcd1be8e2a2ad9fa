import type { Inbox } from './inbox.ts'
import type { Session } from './session.ts'
import type { Task } from './task.ts'
import type { WriteLane } from './write-lane.ts'

/**
 * Keeps all sessions but one away from a content that is not fit to be seen: imported, and not migrated yet by
 * the tab that has imported it.
 */
export class Gate {
  readonly #inbox: () => Inbox
  readonly #lane: WriteLane
  #keeper: Session | undefined

  constructor(inbox: () => Inbox, lane: WriteLane) {
    this.#inbox = inbox
    this.#lane = lane
  }

  get isClosed(): boolean {
    return this.#keeper !== undefined
  }

  isKeptBy(session: Session): boolean {
    return this.#keeper === session
  }

  close(session: Session): Task<void> {
    this.#keeper = session
    this.#inbox().admitOnly((other) => other === session)
    return this.#lane.admitOnly(session.owns)
  }

  *open(session: Session): Task<void> {
    if (this.#keeper !== session) return
    this.#keeper = undefined
    this.#inbox().admitAll()
    yield* this.#lane.admitOnly(undefined)
  }
}
