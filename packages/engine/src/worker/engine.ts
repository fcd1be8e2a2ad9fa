import type { OpenRequest, PageMessage, Request, WorkerMessage } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { Attached, DatabaseSource } from './open-database.ts'
import type { SqliteModule } from './sqlite/module.ts'
import { DataSyncError } from '../errors.ts'
import { assertVersion } from './assert-version.ts'
import { IncomingFile } from './incoming-file.ts'
import { LogKeeper } from './log-keeper.ts'
import { OpenDatabase } from './open-database.ts'
import { Outbox } from './outbox.ts'
import { LiveQueries } from './reactive/live-queries.ts'
import { Session } from './session.ts'
import { settle } from './settle.ts'
import { loadSqlite } from './sqlite/module.ts'
import { StopClock } from './stop-clock.ts'
import { chooseStore } from './storage/choose-store.ts'
import { storageStatus } from './storage/storage-status.ts'
import { Vfs } from './storage/vfs.ts'
import { WriteLane } from './write-lane.ts'

/** What the engine needs of the place that it runs in. */
export interface EngineHost {
  readonly post: (message: WorkerMessage, transfer: readonly Transferable[]) => void
  /** Runs a task later, after messages that have arrived by now. */
  readonly schedule: (task: () => void) => void
  /** Milliseconds, from any moment on. */
  readonly now: () => number
}

/** The database behind one link: takes messages, answers through its host. */
export class Engine {
  readonly #host: EngineHost
  readonly #context: EngineContext
  readonly #session: Session
  readonly #logKeeper: LogKeeper
  #source: DatabaseSource | undefined
  #sqlite: { readonly module: SqliteModule; readonly vfs: Vfs } | undefined
  #database: OpenDatabase | undefined
  #incoming: IncomingFile | undefined
  /** Why nothing new is begun: the database is about to be let go, or was. */
  #leaving: DataSyncError | undefined
  /** What was attached as the page was put to sleep. */
  #attached: readonly Attached[] = []
  /** Counts commits, or groups of them that were acknowledged together. */
  #commit = 0
  readonly #inbox: PageMessage[] = []
  #isGathering = false
  /** Tasks that will end in a turn of their own. */
  #pending = 0

  constructor(host: EngineHost) {
    this.#host = host
    this.#context = this.#createContext()
    this.#session = new Session(this.#context)
    this.#logKeeper = new LogKeeper(this.#context, () => this.#database)
  }

  /**
   * Takes a message. The first is served at once; those that arrive while it is being served are
   * gathered, so that their commits share one flush of the log and one refresh of the live queries.
   */
  receive(message: PageMessage): void {
    this.#inbox.push(message)
    if (!this.#isGathering) this.#serveInbox()
  }

  /** Whether nothing is waiting to be done. */
  isIdle(): boolean {
    return this.#inbox.length === 0 && this.#pending === 0 && this.#session.isIdle
  }

  #serveInbox(): void {
    const messages = this.#inbox.splice(0)
    this.#isGathering = messages.length > 0
    if (!this.#isGathering) return
    try {
      this.#turn(() => messages.forEach((message) => this.#answerAll(message)))
    } finally {
      this.#host.schedule(() => this.#serveInbox())
    }
  }

  #answerAll({ version, requests }: PageMessage): void {
    for (const request of requests) {
      try {
        assertVersion(version)
        this.#serve(request)
      } catch (error) {
        this.#context.outbox.fail(request.id, error)
      }
    }
  }

  #serve(request: Request): void {
    const { id } = request
    const { outbox } = this.#context
    switch (request.type) {
      case 'open':
        return this.#await(id, () => this.#open(id, request.payload))
      case 'resume':
        return this.#whenFree(id, () => this.#resume())
      case 'suspend':
        this.#leave(new DataSyncError('transaction-closed', 'The page was put to sleep.'))
        return this.#whenFree(id, () => this.#shut())
      case 'close':
        return this.#close(id, () => this.#shut())
      case 'delete':
        return this.#close(id, async () => {
          await this.#shut()
          await this.#source?.store.delete(this.#source.options.name)
        })
      case 'importOpen':
        return this.#await(id, () => this.#openIncoming(id))
      case 'importChunk':
        this.#incomingFile().append(request.payload.bytes)
        return outbox.reply<'importChunk'>(id, null)
      case 'importFinish':
        return this.#session.writes.enqueue<'importFinish'>(id, undefined, () => this.#takeOver())
      case 'importCancel':
        this.#incoming?.discard()
        this.#incoming = undefined
        return outbox.reply<'importCancel'>(id, null)
      default:
        this.#assertOpen()
        return this.#session.serve(request)
    }
  }

  async #open(id: number, options: OpenRequest): Promise<void> {
    this.#sqlite ??= await startSqlite(options.wasmUrl)
    this.#context.clock.share(options.interrupt)
    const store = chooseStore(options.storage)
    const source = { ...this.#sqlite, store, clock: this.#context.clock, now: this.#context.now, options }
    // Known before it is open, so that what cannot be opened can be deleted.
    this.#source = source
    this.#database = await OpenDatabase.open(source)
    this.#leaving = undefined
    this.#context.outbox.setStorage(await storageStatus(store, options.storage))
    this.#context.outbox.reply<'open'>(id, { userVersion: this.#database.userVersion })
  }

  /** In the queue of writers, so that the files were let go before they are taken again. */
  async #resume(): Promise<void> {
    if (this.#source === undefined) throw closed()
    if (this.#database !== undefined) return
    const database = await OpenDatabase.open(this.#source)
    try {
      for (const { name, schema } of this.#attached) await database.attach(name, schema)
    } catch (error) {
      await database.close()
      throw error
    }
    this.#database = database
    this.#leaving = undefined
    this.#context.liveQueries.noteAll({ kind: 'resumed' })
  }

  /** Ends what is under way. What waits for the writer still has its turn, unless it would stay. */
  #leave(reason: DataSyncError): void {
    this.#leaving = reason
    this.#session.end(reason)
  }

  #close(id: number, shut: () => Promise<void>): void {
    const reason = closed()
    this.#leave(reason)
    this.#context.lane.cancelAll(reason)
    this.#whenFree(id, shut)
  }

  /** Ends with the database closed, its log taken over and its files let go. */
  async #shut(): Promise<void> {
    this.#logKeeper.stop()
    const database = this.#database
    this.#database = undefined
    this.#incoming = undefined
    if (database === undefined) return
    this.#attached = database.attached
    await database.close()
  }

  async #openIncoming(id: number): Promise<void> {
    this.#assertOpen()
    const database = this.#openDatabase()
    const files = await this.#source?.store.open(this.#source.options.name)
    if (files === undefined || this.#database !== database) throw closed()
    this.#incoming = new IncomingFile(database, files.incoming)
    this.#context.outbox.reply<'importOpen'>(id, null)
  }

  #takeOver(): { readonly userVersion: number } {
    const incoming = this.#incomingFile()
    this.#incoming = undefined
    incoming.takeOver()
    this.#context.liveQueries.noteAll({ kind: 'imported' })
    return { userVersion: this.#openDatabase().userVersion }
  }

  #incomingFile(): IncomingFile {
    if (this.#incoming === undefined) throw new DataSyncError('closed', 'No import is under way.')
    return this.#incoming
  }

  #assertOpen(): void {
    if (this.#database === undefined || this.#leaving !== undefined) throw closed()
  }

  #openDatabase(): OpenDatabase {
    if (this.#database === undefined) throw closed()
    return this.#database
  }

  #whenFree(id: number, work: () => Promise<void>): void {
    this.#pending++
    this.#session.writes.enqueueAsync<'close'>(id, async () => {
      try {
        await work()
        return null
      } finally {
        this.#pending--
      }
    })
  }

  /** Work outside of the queue of writers; it answers its request itself unless it fails. */
  #await(id: number, work: () => Promise<void>): void {
    this.#pending++
    const fail = (error: unknown): void => this.#context.outbox.fail(id, error)
    void work()
      .catch(fail)
      .finally(() => {
        this.#pending--
        this.#turn(() => undefined)
      })
  }

  #turn(work: () => void): void {
    try {
      work()
    } finally {
      this.#settle()
    }
  }

  #settle(): void {
    const { outbox } = this.#context
    const durability = this.#source?.options.durability ?? 'strict'
    const database = this.#database
    const changes = database && settle(this.#context, durability, () => ++this.#commit)
    const mail = outbox.take(this.#commit, this.#session.isWatching ? changes : undefined)
    if (mail !== undefined) this.#host.post(mail.message, mail.transfer)
    if (database !== undefined && changes !== undefined) this.#logKeeper.noteCommit(database, durability)
  }

  #createContext(): EngineContext {
    const { schedule, now } = this.#host
    const database = (): OpenDatabase => this.#openDatabase()
    const leaving = (): DataSyncError | undefined => this.#leaving
    const turn = (work: () => void): void => this.#turn(work)
    return {
      get database() {
        return database()
      },
      get leaving() {
        return leaving()
      },
      lane: new WriteLane(turn),
      clock: new StopClock(now),
      liveQueries: new LiveQueries(now),
      outbox: new Outbox(),
      now,
      turn,
      later: (work) => {
        this.#pending++
        schedule(() => {
          this.#pending--
          turn(work)
        })
      },
    }
  }
}

/** @see Engine */
export function createEngine(host: EngineHost): Engine {
  return new Engine(host)
}

async function startSqlite(wasmUrl: string | undefined): Promise<{ module: SqliteModule; vfs: Vfs }> {
  const module = await loadSqlite(wasmUrl)
  return { module, vfs: new Vfs(module) }
}

function closed(): DataSyncError {
  return new DataSyncError('closed', 'The database is not open.')
}
