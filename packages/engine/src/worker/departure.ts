import type { DatabaseLife } from './database-life.ts'
import type { EngineContext } from './engine-context.ts'
import type { Errands } from './errands.ts'
import type { Gate } from './gate.ts'
import type { Hosting } from './hosting/hosting.ts'
import type { Imports } from './imports.ts'
import type { Inspections } from './damage/inspections.ts'
import type { Session } from './session.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { closedError } from './closed-error.ts'
import { reportUncaught } from './report-uncaught.ts'

/** Milliseconds for which the other calls of a page wait for a moment at which its engine can move. */
const HAND_OVER_PATIENCE = 500

export interface DepartureOptions {
  readonly context: EngineContext
  /** That of the page that has started the engine. */
  readonly own: Session
  readonly life: DatabaseLife
  readonly errands: Errands
  readonly gate: Gate
  readonly imports: Imports
  readonly inspections: Inspections
  readonly hosting: () => Hosting | undefined
}

/** How an engine lets go of its database: what is under way ends, and the other tabs turn to another engine. */
export class Departure {
  readonly #options: DepartureOptions
  #reason: DataSyncError | undefined
  /** The request to hand over that waits for a moment at which that loses nothing. */
  #handingOver: number | undefined

  constructor(options: DepartureOptions) {
    this.#options = options
  }

  /** Why nothing new is begun: the database is about to be let go, or was. */
  get reason(): DataSyncError | undefined {
    return this.#reason
  }

  /** The database was opened, or must not be used any more. */
  setReason(reason: DataSyncError | undefined): void {
    this.#reason = reason
  }

  /** Ends with the database: the other tabs ask another engine what was not answered. */
  *end(id: number, reason: DataSyncError, shut: () => Task<Promise<void>>): Task<void> {
    const { own, errands } = this.#options
    yield* this.#leave(reason, own)
    yield* errands.whenFree(own.writes, id, shut)
  }

  *delete(session: Session, id: number): Task<void> {
    const { context, life, errands, hosting } = this.#options
    context.lane.cancelAll(closedError())
    yield* this.#leave(closedError(), session)
    // The lock is kept until the other tabs know, who would make the database anew.
    yield* errands.whenFree(session.writes, id, () => life.delete(() => hosting()?.announceDeletion(session)))
  }

  /** At the end of a turn in which nothing is under way, if there is one soon. */
  handOver(id: number): void {
    const { own, context } = this.#options
    this.#handingOver = id
    setTimeout(() => {
      if (this.#handingOver !== id) return
      this.#handingOver = undefined
      own.outbox.fail(id, new DataSyncError('busy', 'Something is under way that would be lost.'))
      context.turn(function* () {})
    }, HAND_OVER_PATIENCE)
  }

  /** Called at the end of each turn. */
  *handOverIfDue(): Task<void> {
    const id = this.#handingOver
    if (id === undefined || !this.#isMovable) return
    this.#handingOver = undefined
    yield* this.end(id, closedError(), () => this.#options.life.shut('closing'))
  }

  /** A page is heard no more: what it had under way is undone. If it `isGone`, nothing of it is kept. */
  *part(session: Session, isGone: boolean): Task<void> {
    const { context, gate, imports, inspections, life } = this.#options
    const reason = closedError()
    session.mute()
    context.sessions.delete(session)
    context.lane.cancelAll(reason, session.owns)
    yield* inspections.leave(session, reason)
    imports.leave(session)
    yield* session.end(reason)
    context.liveQueries.removeAll(session)
    if (isGone && life.current !== undefined) yield* session.outcomes.forget()
    if (!gate.isKeptBy(session)) return
    // The content waits to be migrated, which the next one to open it does.
    reportUncaught(new DataSyncError('worker-lost', 'The tab that was importing went away.'))
  }

  /** Ends what is under way in all sessions. */
  readonly endAll = (reason: DataSyncError): Task<void> => this.#endAll(reason)

  get #isMovable(): boolean {
    const { context, gate, imports, inspections } = this.#options
    const isBusy = imports.isUnderWay || inspections.isUnderWay || gate.isClosed
    return !isBusy && context.lane.isIdle && context.sessions.isMovable
  }

  /** What waits for the writer still has its turn, unless it would stay. */
  *#leave(reason: DataSyncError, heard: Session): Task<void> {
    if (this.#reason === undefined) this.#dismissGuests(reason, heard)
    this.#reason = reason
    yield* this.#endAll(reason)
  }

  /** They ask what was not answered of another engine; but the one that has caused this hears the outcome. */
  #dismissGuests(reason: DataSyncError, heard: Session): void {
    const { context, own, hosting } = this.#options
    hosting()?.stop(heard)
    for (const session of context.sessions) {
      if (session === heard || session === own) continue
      session.mute()
      context.lane.cancelAll(reason, session.owns)
    }
  }

  *#endAll(reason: DataSyncError): Task<void> {
    const { context, inspections } = this.#options
    yield* inspections.endAll(reason)
    for (const session of context.sessions) yield* session.end(reason)
  }
}
