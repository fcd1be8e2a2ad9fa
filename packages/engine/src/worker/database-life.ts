import type { OpenRequest, StorageStatus } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { Remember, StoreChoice } from './engine-host.ts'
import type { DatabaseSource } from './open-database.ts'
import type { ChosenStore } from './storage/block-store.ts'
import type { Task } from './task.ts'
import type { TurnQueue } from './turn-queue.ts'
import { DataSyncError } from '../errors.ts'
import { copyToTarget, type MoveTarget } from './copy-to-target.ts'
import { acquireDatabaseLock, type DatabaseLock } from './database-lock.ts'
import type { Inspections } from './damage/inspections.ts'
import type { LogKeeper } from './log-keeper.ts'
import { OpenDatabase } from './open-database.ts'
import { startSqlite, type StartedSqlite } from './start-sqlite.ts'
import { deleteEverywhere } from './storage/delete-everywhere.ts'
import { storageStatus } from './storage/storage-status.ts'

export interface DatabaseSurroundings {
  readonly context: EngineContext
  readonly stores: StoreChoice
  readonly turns: TurnQueue
  readonly remember: Remember
  /** Another tab has taken the lock, and may be writing: nothing more may be done with the files. */
  readonly deposed: () => void
  readonly inspections: () => Inspections
  readonly logKeeper: () => LogKeeper
}

/** The database of an engine: under its lock from the opening to the end, in whatever store it is. */
export class DatabaseLife {
  readonly #surroundings: DatabaseSurroundings
  #lock: DatabaseLock | undefined
  #source: DatabaseSource | undefined
  #sqlite: Promise<StartedSqlite> | undefined
  #database: OpenDatabase | undefined
  /** The removal of what an earlier move has left elsewhere. */
  #dropping: Promise<void> | undefined

  constructor(surroundings: DatabaseSurroundings) {
    this.#surroundings = surroundings
  }

  /** Known before it is open, so that what cannot be opened can be deleted. */
  get source(): DatabaseSource | undefined {
    return this.#source
  }

  get current(): OpenDatabase | undefined {
    return this.#database
  }

  /** @throws DataSyncError `closed` */
  get database(): OpenDatabase {
    if (this.#database === undefined) throw new DataSyncError('closed', 'The database is not open.')
    return this.#database
  }

  /** Which store it is in is only sure once nobody else can move it: the lock comes first. */
  async open(options: OpenRequest): Promise<number> {
    const { stores, remember, turns, deposed } = this.#surroundings
    // While the lock is waited for, and the store is chosen.
    this.#startSqlite(options, stores.suspends?.(options) === true).catch(() => undefined)
    if (options.storage !== 'memory') {
      // Who is not willing to wait does not share, either.
      const answer = options.lock === 'hurry' ? 'occupied' : 'alive'
      this.#lock ??= await acquireDatabaseLock(options.name, options.lock, answer, deposed)
    }
    const chosen = await stores.chooseStore(options, remember)
    await this.#enter(chosen, options)
    // What cannot be removed now is removed after another opening.
    this.#dropping = chosen.dropSource?.().catch(() => undefined)
    return turns.exclusively(() => this.database.userVersion())
  }

  /** The other tabs are answered by somebody else from now on. */
  share(): void {
    this.#lock?.share()
  }

  /** Copies it to another store. Nobody may write until it was opened there, by `enterTarget`. */
  async copyTo(storage: MoveTarget): Promise<ChosenStore | undefined> {
    const { stores, remember } = this.#surroundings
    const source = this.#source
    if (source === undefined || source.store.kind === storage) return undefined
    if (this.database.attached.length > 0) {
      throw new DataSyncError('busy', 'Attached databases would stay where they are: detach them first.')
    }
    // It may be removing what the copy is to be put in place of.
    await this.#dropping
    return copyToTarget(stores, source, this.database, storage, remember)
  }

  async enterTarget(target: ChosenStore, storage: MoveTarget): Promise<void> {
    const { turns } = this.#surroundings
    const { options } = this.database.source
    // All is in the copy: what the old store cannot take any more is no loss.
    await turns.exclusively(() => this.#closeFiles('closing')).catch(() => undefined)
    await this.#enter(target, { ...options, storage })
  }

  /** Closes the database with its log taken over; the promise settles when its files were let go. */
  *shut(cause: 'closing' | 'frozen'): Task<Promise<void>> {
    const closed = yield* this.#closeFiles(cause)
    return closed.finally(() => this.#releaseLock())
  }

  /** Whatever was still to be stored of it need not be. The lock is kept until `announce` is done. */
  *delete(announce: () => Promise<void> | undefined): Task<Promise<void>> {
    const source = this.#source
    const closed = yield* this.#closeFiles('closing')
    return closed
      .catch(() => undefined)
      .then(() => this.#dropping)
      .then(() => source && deleteEverywhere(source.store, source.options.name))
      .then(announce)
      .finally(() => this.#releaseLock())
  }

  async #enter(chosen: ChosenStore, options: OpenRequest): Promise<void> {
    const { context, turns, inspections } = this.#surroundings
    const { clock, now } = context
    const { store } = chosen
    const sqlite = await this.#startSqlite(options, store.suspends === true)
    clock.share(options.interrupt)
    this.#source = { ...sqlite, store, clock, now, exclusively: turns.exclusively, options }
    this.#database = await OpenDatabase.open(this.#source)
    const read = async (): Promise<StorageStatus> => ({
      ...(await storageStatus(chosen, options.name)),
      damage: inspections().damage,
    })
    await context.sync.open(this.#database, options, read)
    inspections().start(store, options.checkAtOpen)
  }

  async #startSqlite({ wasmUrl }: OpenRequest, suspending: boolean): Promise<StartedSqlite> {
    const started = await this.#sqlite?.catch(() => undefined)
    if (started?.suspending === suspending) return started
    this.#sqlite = startSqlite({
      wasmUrl,
      suspending,
      compiled: this.#surroundings.stores.compiledSqlite?.(),
    })
    return this.#sqlite
  }

  *#closeFiles(cause: 'closing' | 'frozen'): Task<Promise<void>> {
    const { context, logKeeper } = this.#surroundings
    logKeeper().stop()
    const database = this.#database
    this.#database = undefined
    return database === undefined ? Promise.resolve() : yield* context.sync.close(database, cause)
  }

  #releaseLock(): void {
    this.#lock?.release()
    this.#lock = undefined
  }
}
