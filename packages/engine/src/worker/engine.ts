import type { OpenRequest, PageMessage, Request, StorageStatus } from '../link/protocol.ts'
import { createContext, type EngineContext } from './engine-context.ts'
import type { EngineHost, Remember } from './engine-host.ts'
import type { Attached, DatabaseSource } from './open-database.ts'
import type { Task } from './task.ts'
import type { ChosenStore } from './storage/block-store.ts'
import { DataSyncError } from '../errors.ts'
import { copyToTarget, type MoveTarget } from './copy-to-target.ts'
import { Inspections } from './damage/inspections.ts'
import { Errands, outsideOfTurns } from './errands.ts'
import { Imports } from './imports.ts'
import { Inbox } from './inbox.ts'
import { LogKeeper } from './log-keeper.ts'
import { OpenDatabase } from './open-database.ts'
import { Session } from './session.ts'
import { settle } from './settle.ts'
import { startSqlite, type StartedSqlite } from './start-sqlite.ts'
import { storageStatus } from './storage/storage-status.ts'
import { TurnQueue } from './turn-queue.ts'
import { undoCommits } from './undo-commits.ts'

/** The database behind one link: takes messages, answers through its host. */
export class Engine {
  readonly #host: EngineHost
  readonly #context: EngineContext
  readonly #session: Session
  readonly #logKeeper: LogKeeper
  readonly #imports: Imports
  readonly #inspections: Inspections
  readonly #turns = new TurnQueue()
  #source: DatabaseSource | undefined
  #sqlite: StartedSqlite | undefined
  #database: OpenDatabase | undefined
  /** Why nothing new is begun: the database is about to be let go, or was. */
  #leaving: DataSyncError | undefined
  /** The removal of what an earlier move has left elsewhere. */
  #dropping: Promise<void> | undefined
  /** What was attached as the page was put to sleep. */
  #attached: readonly Attached[] = []
  /** Counts commits, or groups of them that were acknowledged together. */
  #commit = 0
  readonly #inbox: Inbox
  readonly #errands = new Errands()

  constructor(host: EngineHost) {
    this.#host = host
    this.#context = this.#createContext()
    this.#session = new Session(this.#context)
    this.#inbox = new Inbox({
      turns: this.#turns,
      schedule: host.schedule,
      serve: (request) => this.#serve(request),
      fail: (request, error) => this.#context.outbox.fail(request.id, error),
      settle: () => this.#settle(),
    })
    const files = {
      context: this.#context,
      writes: this.#session.writes,
      source: () => this.#source,
      database: () => this.#database,
    }
    this.#imports = new Imports(files, () => this.#inspections.isSalvaging)
    this.#inspections = new Inspections(files, () => this.#imports.isUnderWay)
    this.#logKeeper = new LogKeeper(this.#context, () => this.#database)
  }

  receive(message: PageMessage): void {
    this.#inbox.receive(message)
  }

  readonly #remember: Remember = (remembered) => this.#context.outbox.setRemembered(remembered)

  /** Whether nothing is waiting to be done. */
  isIdle(): boolean {
    const isQuiet = this.#turns.isIdle && this.#session.isIdle
    return this.#inbox.isEmpty && this.#errands.areDone && isQuiet
  }

  /** Statements, which most requests are, take the short way. */
  #serve(request: Request): Task<void> {
    if (request.type !== 'statement') return this.#serveOther(request)
    this.#assertOpen()
    return this.#session.serve(request)
  }

  *#serveOther(request: Request): Task<void> {
    const { id } = request
    switch (request.type) {
      case 'open':
        return this.#await(id, () => this.#open(id, request.payload))
      case 'resume':
        return yield* this.#whenFree(
          id,
          outsideOfTurns(() => this.#reopen()),
        )
      case 'suspend':
        yield* this.#leave(new DataSyncError('transaction-closed', 'The page was put to sleep.'))
        return yield* this.#whenFree(id, () => this.#shut('frozen'))
      case 'close':
        return yield* this.#close(id, () => this.#shut())
      case 'delete':
        return yield* this.#close(id, () => this.#delete())
      case 'move':
        return yield* this.#whenFree(
          id,
          outsideOfTurns(() => this.#moveTo(request.payload.storage)),
        )
      case 'importOpen':
        this.#assertOpen()
        return this.#await(id, () => this.#imports.open(id))
      case 'importChunk':
      case 'importFinish':
      case 'importCancel':
        return yield* this.#imports.serve(request)
      default:
        if (Inspections.serves(request)) return yield* this.#inspections.serve(request)
        if (request.type === 'abort' && (yield* this.#inspections.abort(id, request.payload.request))) return
        this.#assertOpen()
        return yield* this.#session.serve(request)
    }
  }

  async #open(id: number, options: OpenRequest): Promise<void> {
    const { outbox } = this.#context
    const chosen = await this.#host.chooseStore(options, this.#remember)
    await this.#enter(chosen, options)
    // What cannot be removed now is removed after another opening.
    this.#dropping = chosen.dropSource?.().catch(() => undefined)
    const userVersion = await this.#turns.exclusively(() => this.#openDatabase().userVersion())
    outbox.reply<'open'>(id, { userVersion })
  }

  /** Opens the database in a store. */
  async #enter(chosen: ChosenStore, options: OpenRequest): Promise<void> {
    const { clock, now } = this.#context
    const { exclusively } = this.#turns
    const { store } = chosen
    const suspending = store.suspends === true
    if (this.#sqlite?.suspending !== suspending) this.#sqlite = undefined
    this.#sqlite ??= await startSqlite(options.wasmUrl, suspending)
    clock.share(options.interrupt)
    // Known before it is open, so that what cannot be opened can be deleted.
    this.#source = { ...this.#sqlite, store, clock, now, exclusively, options }
    this.#database = await OpenDatabase.open(this.#source)
    this.#leaving = undefined
    const read = async (): Promise<StorageStatus> => ({
      ...(await storageStatus(chosen, options.name)),
      damage: this.#inspections.damage,
    })
    await this.#context.sync.open(this.#database, options, read)
    this.#inspections.start(chosen.store, options.checkAtOpen)
  }

  async #moveTo(storage: MoveTarget): Promise<void> {
    const { exclusively } = this.#turns
    const source = this.#source
    if (source === undefined || source.store.kind === storage) return
    // It may be removing what the copy is to be put in place of.
    await this.#dropping
    const target = await copyToTarget(this.#host, source, this.#openDatabase(), storage, this.#remember)
    await exclusively(() => this.#leave(new DataSyncError('transaction-closed', 'The database was moved.')))
    await exclusively(() => this.#shut())
    await this.#enter(target, { ...source.options, storage })
    this.#context.liveQueries.noteAll({ kind: 'resumed' })
  }

  /** In the queue of writers, so that the files were let go before they are taken again. */
  async #reopen(): Promise<void> {
    if (this.#source === undefined) throw closed()
    if (this.#database !== undefined) return
    const database = await OpenDatabase.open(this.#source)
    try {
      for (const { name, schema } of this.#attached) await database.attach(name, schema)
    } catch (error) {
      await this.#turns.exclusively(() => database.close())
      throw error
    }
    this.#database = database
    this.#context.sync.reopen(database)
    this.#leaving = undefined
    this.#context.liveQueries.noteAll({ kind: 'resumed' })
  }

  /** Ends what is under way. What waits for the writer still has its turn, unless it would stay. */
  *#leave(reason: DataSyncError): Task<void> {
    this.#leaving = reason
    yield* this.#inspections.endAll(reason)
    yield* this.#session.end(reason)
  }

  *#close(id: number, shut: () => Task<Promise<void>>): Task<void> {
    const reason = closed()
    yield* this.#leave(reason)
    this.#context.lane.cancelAll(reason)
    yield* this.#whenFree(id, shut)
  }

  /** Closes the database with its log taken over; the promise settles when its files were let go. */
  *#shut(cause: 'closing' | 'frozen' = 'closing'): Task<Promise<void>> {
    this.#logKeeper.stop()
    const database = this.#database
    this.#database = undefined
    this.#imports.forget()
    if (database === undefined) return Promise.resolve()
    this.#attached = database.attached
    return yield* this.#context.sync.close(database, cause)
  }

  *#delete(): Task<Promise<void>> {
    const shut = yield* this.#shut()
    return shut.then(() => this.#source?.store.delete(this.#source.options.name))
  }

  #assertOpen(): void {
    if (this.#database === undefined || this.#leaving !== undefined) throw closed()
  }

  #openDatabase(): OpenDatabase {
    if (this.#database === undefined) throw closed()
    return this.#database
  }

  #whenFree(id: number, work: () => Task<Promise<void>>): Task<void> {
    return this.#errands.whenFree(this.#session.writes, id, work)
  }

  /** Work outside of the queue of writers; it answers its request itself unless it fails. */
  #await(id: number, work: () => Promise<void>): void {
    const end = this.#errands.begin()
    const fail = (error: unknown): void => this.#context.outbox.fail(id, error)
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
    const { outbox } = this.#context
    const database = this.#database
    const changes =
      database &&
      (yield* settle(this.#context, {
        nextCommit: () => ++this.#commit,
        undo: (error) => undoCommits(this.#context, this.#session, error),
      }))
    const mail = outbox.take(this.#commit, this.#session.isWatching ? changes : undefined)
    if (mail !== undefined) this.#host.post(mail.message, mail.transfer)
    if (database !== undefined && changes !== undefined) this.#logKeeper.noteCommit(database)
  }

  #createContext(): EngineContext {
    const { schedule, now, post } = this.#host
    const turn = (work: () => Task<void>): void => this.#turn(work)
    return createContext({
      database: () => this.#openDatabase(),
      leaving: () => this.#leaving,
      now,
      turn,
      post,
      lose: (error) => undoCommits(this.#context, this.#session, error),
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

function closed(): DataSyncError {
  return new DataSyncError('closed', 'The database is not open.')
}
