import type { OpenRequest, PageMessage, Request } from '../link/protocol.ts'
import { createContext, type EngineContext } from './engine-context.ts'
import type { EngineHost, Post } from './engine-host.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { HELLO } from '../link/hello.ts'
import type { MoveTarget } from './copy-to-target.ts'
import { Inspections } from './damage/inspections.ts'
import { DatabaseLife } from './database-life.ts'
import { closedError } from './closed-error.ts'
import { Departure } from './departure.ts'
import { createMove } from './create-move.ts'
import { Errands, outsideOfTurns } from './errands.ts'
import { Gate } from './gate.ts'
import type { Hosting } from './hosting/hosting.ts'
import { forgetOthers } from './hosting/outcomes.ts'
import { RequestNumbers } from './hosting/request-numbers.ts'
import { Imports } from './imports.ts'
import { Inbox } from './inbox.ts'
import { LogKeeper } from './log-keeper.ts'
import { Session, type SessionOwner } from './session.ts'
import { Sessions } from './sessions.ts'
import { settle } from './settle.ts'
import { wasmArrival } from './sqlite/wasm-arrival.ts'
import { TurnQueue } from './turn-queue.ts'
import { undoCommits } from './undo-commits.ts'

/** The database for the page that has started it, or for all tabs: takes their messages, answers through its host. */
export class Engine {
  readonly #host: EngineHost
  readonly #context: EngineContext
  readonly #sessions = new Sessions()
  /** That of the page that has started the engine. */
  readonly #own: Session
  readonly #life: DatabaseLife
  readonly #logKeeper: LogKeeper
  readonly #imports: Imports
  readonly #inspections: Inspections
  readonly #turns = new TurnQueue()
  readonly #inbox: Inbox
  readonly #errands = new Errands()
  readonly #gate: Gate
  #options: OpenRequest | undefined
  #hosting: Hosting | undefined
  readonly #departure: Departure
  readonly #move: (storage: MoveTarget) => Promise<void>
  /** Counts commits, or groups of them that were acknowledged together. */
  #commit = 0

  constructor(host: EngineHost) {
    this.#host = host
    this.#context = this.#createContext()
    this.#own = this.join(
      { client: () => this.#options?.client ?? '', isGuest: false, numbers: new RequestNumbers(0) },
      host.post,
    )
    this.#inbox = new Inbox({
      turns: this.#turns,
      schedule: host.schedule,
      serve: (session, request) => this.#serve(session, request),
      fail: (session, request, error) => session.outbox.fail(request.id, error),
      settle: () => this.#settle(),
    })
    this.#gate = new Gate(() => this.#inbox, this.#context.lane)
    this.#life = new DatabaseLife({
      context: this.#context,
      stores: host,
      turns: this.#turns,
      remember: (remembered) => this.#own.outbox.setRemembered(remembered),
      deposed: () => {
        this.#departure.setReason(closedError())
        host.post({ ...HELLO, isDeposed: true }, [])
      },
      inspections: () => this.#inspections,
      logKeeper: () => this.#logKeeper,
    })
    const files = {
      context: this.#context,
      source: () => this.#life.source,
      database: () => this.#life.current,
    }
    this.#imports = new Imports(files, () => this.#inspections.isSalvaging, this.#gate)
    this.#inspections = new Inspections(files, () => this.#imports.isUnderWay)
    this.#departure = new Departure({
      context: this.#context,
      life: this.#life,
      imports: this.#imports,
      own: this.#own,
      errands: this.#errands,
      gate: this.#gate,
      inspections: this.#inspections,
      hosting: () => this.#hosting,
    })
    this.#move = createMove({
      context: this.#context,
      life: this.#life,
      imports: this.#imports,
      turns: this.#turns,
      inbox: this.#inbox,
      endAll: this.#departure.endAll,
    })
    this.#logKeeper = new LogKeeper(this.#context, () => this.#life.current)
  }

  receive(message: PageMessage, session: Session = this.#own): void {
    this.#inbox.receive(session, message)
  }

  /** Serves another page as well, whose messages come by `receive`. */
  join(owner: SessionOwner, post: Post): Session {
    const session = new Session(this.#context, owner, post)
    this.#sessions.add(session)
    return session
  }

  /** A page is heard no more: what it had under way is undone. */
  part(session: Session, isGone: boolean): void {
    session.mute()
    this.#inbox.forget(session)
    this.#turn(() => this.#departure.part(session, isGone))
  }

  /** Whether nothing is waiting to be done. */
  isIdle(): boolean {
    const isQuiet = this.#turns.isIdle && this.#sessions.isIdle
    return this.#inbox.isEmpty && this.#errands.areDone && isQuiet
  }

  /** Statements, which most requests are, take the short way. */
  #serve(session: Session, request: Request): Task<void> {
    if (request.type !== 'statement') return this.#serveOther(session, request)
    this.#assertOpen()
    return session.serve(request)
  }

  *#serveOther(session: Session, request: Request): Task<void> {
    const { id } = request
    switch (request.type) {
      case 'open':
        return session === this.#own
          ? this.#await(session, id, () => this.#open(id, request.payload))
          : yield* this.#openGuest(session, id, request.payload)
      case 'host':
        return this.#startHosting(id, request.payload.epoch)
      case 'metrics':
        this.#assertOpen()
        return session.outbox.reply<'metrics'>(id, {
          ...this.#context.sync.metrics(),
          host: this.#hosting?.metrics,
        })
      case 'examine':
        return session.outbox.reply<'examine'>(id, wasmArrival())
      case 'openGate':
        yield* this.#gate.open(session)
        return session.outbox.reply<'openGate'>(id, null)
      case 'handOver':
        return this.#departure.handOver(id)
      case 'suspend':
        return yield* this.#departure.end(
          id,
          new DataSyncError('transaction-closed', 'The page was put to sleep.'),
          () => this.#life.shut('frozen'),
        )
      case 'close':
        if (session !== this.#own) return this.#closeGuest(session, id)
        this.#context.lane.cancelAll(closedError(), session.owns)
        return yield* this.#departure.end(id, closedError(), () => this.#life.shut('closing'))
      case 'delete':
        return yield* this.#departure.delete(session, id)
      case 'move':
        return yield* this.#errands.whenFree(
          session.writes,
          id,
          outsideOfTurns(() => this.#move(request.payload.storage)),
        )
      case 'importOpen':
        this.#assertOpen()
        return this.#await(session, id, () => this.#imports.open(session, id))
      case 'importChunk':
      case 'importFinish':
      case 'importCancel':
        return yield* this.#imports.serve(session, request)
      default:
        if (Inspections.serves(request)) return yield* this.#inspections.serve(session, request)
        if (
          request.type === 'abort' &&
          (yield* this.#inspections.abort(session, id, request.payload.request))
        )
          return
        this.#assertOpen()
        return yield* session.serve(request)
    }
  }

  async #open(id: number, options: OpenRequest): Promise<void> {
    this.#options = options
    const userVersion = await this.#life.open(options)
    this.#departure.setReason(undefined)
    this.#own.outbox.reply<'open'>(id, { userVersion })
  }

  *#openGuest(session: Session, id: number, options: OpenRequest): Task<void> {
    this.#assertOpen()
    this.#context.sync.demand(options.durability)
    this.#sessions.inform(session)
    session.outbox.reply<'open'>(id, { userVersion: yield* this.#life.database.userVersion() })
  }

  /** What was left behind by tabs that are gone is removed first, while nobody waits. */
  #startHosting(id: number, epoch: string): void {
    const { host } = this.#host
    const options = this.#options
    this.#await(this.#own, id, async () => {
      if (host === undefined || options === undefined) return this.#own.outbox.reply<'host'>(id, null)
      const hosting = host(this, options, epoch)
      this.#hosting = hosting
      const clients = await hosting.presentClients()
      // What cannot be removed for want of room does no harm.
      await this.#turns
        .exclusively(() => forgetOthers(this.#life.database.writer.connection, clients))
        .catch(() => undefined)
      this.#life.share()
      hosting.start()
      this.#own.outbox.reply<'host'>(id, null)
    })
  }

  #closeGuest(session: Session, id: number): void {
    session.outbox.reply<'close'>(id, null)
    // In this turn the answer leaves.
    this.#context.later(() => this.#departure.part(session, true))
  }

  #assertOpen(): void {
    if (this.#life.current === undefined || this.#departure.reason !== undefined) throw closedError()
  }

  /** Work outside of the queue of writers; it answers its request itself unless it fails. */
  #await({ outbox }: Session, id: number, work: () => Promise<void>): void {
    const end = this.#errands.begin()
    const fail = (error: unknown): void => outbox.fail(id, error)
    void work()
      .catch(fail)
      .finally(() => {
        end()
        this.#turns.run(() => this.#settle())
      })
  }

  #turn(work: () => Task<void>): void {
    this.#turns.run(() => this.#workTurn(work()))
  }

  *#workTurn(work: Task<void>): Task<void> {
    try {
      yield* work
    } finally {
      yield* this.#settle()
    }
  }

  *#settle(): Task<void> {
    const database = this.#life.current
    const changes =
      database &&
      (yield* settle(this.#context, {
        nextCommit: () => ++this.#commit,
        undo: (error) => undoCommits(this.#context, this.#departure.endAll, error),
        mayShow: !this.#gate.isClosed,
      }))
    for (const session of this.#sessions) session.send(this.#commit, changes)
    if (database !== undefined && changes !== undefined) this.#logKeeper.noteCommit(database)
    yield* this.#departure.handOverIfDue()
  }

  #createContext(): EngineContext {
    const { schedule, now } = this.#host
    const turn = (work: () => Task<void>): void => this.#turn(work)
    return createContext({
      database: () => this.#life.database,
      leaving: () => this.#departure.reason,
      sessions: this.#sessions,
      now,
      turn,
      lose: (error) => undoCommits(this.#context, this.#departure.endAll, error),
      later: (work) => {
        const end = this.#errands.begin()
        schedule(() => {
          end()
          turn(work)
        })
      },
    })
  }
}

/** @see Engine */
export function createEngine(host: EngineHost): Engine {
  return new Engine(host)
}
