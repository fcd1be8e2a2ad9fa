import type { Durability, OpenRequest, StorageStatus } from '../../link/protocol.ts'
import type { StorageMetrics, SyncCause, SyncNews, SyncState } from '../../link/sync-protocol.ts'
import type { OpenDatabase } from '../open-database.ts'
import type { Sessions } from '../sessions.ts'
import type { MaybeTask, Task } from '../task.ts'
import type { DataSyncError } from '../../errors.ts'
import { toDataSyncError, toErrorRecord } from '../../link/error-record.ts'
import { isUncertain } from '../is-uncertain.ts'
import type { Amount } from '../storage/block-store.ts'
import { reachedLimit } from './dirty-limit.ts'
import { StorageWatch } from './storage-watch.ts'
import { SyncCounts } from './sync-counts.ts'
import { SyncSchedule } from './sync-schedule.ts'

/** What it needs of the engine. */
export interface SyncSurroundings {
  readonly sessions: Sessions
  readonly now: () => number
  readonly turn: (work: () => Task<void>) => void
  readonly later: (work: () => Task<void>) => void
  /** Ends what is under way, and the worker: nobody knows what is stored. */
  readonly lose: (error: DataSyncError) => Task<void>
}

/**
 * Makes commits durable: under `strict` at the end of each turn, before they are acknowledged, and under
 * `relaxed` as the policy says. What cannot be stored then stays pending, and is tried again; where more
 * is pending than the policy allows, writes wait for the sync, or are refused with why it fails.
 */
export class SyncKeeper {
  /** Called when something was stored under `relaxed`, and nothing is pending any more. */
  whenClean: () => void = () => undefined
  readonly #surroundings: SyncSurroundings
  #options: OpenRequest | undefined
  #isStrict = true
  #database: OpenDatabase | undefined
  #schedule: SyncSchedule | undefined
  #storage: StorageWatch | undefined
  #counts = new SyncCounts()
  /** Why what is pending could not be stored. */
  #failure: DataSyncError | undefined
  #lastState: SyncState<unknown>['kind'] = 'working'
  /** Whether so much is pending that writes wait. */
  #isPressed = false

  constructor(surroundings: SyncSurroundings) {
    this.#surroundings = surroundings
  }

  get durability(): Durability {
    return this.#isStrict ? 'strict' : 'relaxed'
  }

  /** One of the tabs is promised more than the host was asked for: all get it. */
  demand(durability: Durability): void {
    if (durability === 'strict') this.#isStrict = true
  }

  get isFailing(): boolean {
    return this.#failure !== undefined
  }

  async open(
    database: OpenDatabase,
    options: OpenRequest,
    read: () => Promise<StorageStatus>,
  ): Promise<void> {
    const { now, sessions, turn } = this.#surroundings
    this.#options = options
    this.#isStrict = options.durability === 'strict'
    this.#counts = new SyncCounts()
    this.#schedule = new SyncSchedule(options.sync, (cause) => turn(() => this.#attempt(cause)))
    this.#storage = new StorageWatch(
      read,
      (status) => {
        sessions.setStorage(status)
        turn(sendNews)
      },
      now,
    )
    this.reopen(database)
    const status = await this.#storage.look()
    if (status !== undefined) sessions.setStorage(status)
  }

  /** Something is known of the storage that the status should say. */
  refreshStatus(): void {
    this.#storage?.refresh()
  }

  reopen(database: OpenDatabase): void {
    this.#database = database
    // It is in the files again, or was lost, as has been said.
    if (this.#lastState === 'failing') this.#setState({ kind: 'working' })
    this.#failure = undefined
    this.#isPressed = false
  }

  /** Closes the database with all stored; the promise is rejected, when its files were let go, if that failed. */
  *close(database: OpenDatabase, cause: SyncCause): Task<Promise<void>> {
    let failure: unknown
    this.#database = undefined
    try {
      yield* this.#sync(database, cause)
    } catch (error) {
      failure = error
    }
    this.#schedule?.stop()
    const letGo = yield* database.close()
    return letGo.then(() => {
      if (failure !== undefined) throw failure
    })
  }

  /** Something was committed, and shown. */
  noteCommit(): void {
    this.#counts.noteCommit()
    if (this.durability === 'strict') return
    const limit = this.#limit()
    if (limit === undefined || this.isFailing) {
      this.#schedule?.noteCommit()
      return
    }
    if (this.#isPressed) return
    this.#press()
    this.#surroundings.later(() => this.#relieve())
  }

  /**
   * Has a write wait where too much is pending; undefined if it need not.
   *
   * @throws DataSyncError why what is pending cannot be stored
   */
  admit(): MaybeTask {
    const limit = this.durability === 'strict' ? undefined : this.#limit()
    if (limit === undefined) return undefined
    if (this.#failure !== undefined) throw this.#failure
    this.#press()
    return this.run(limit)
  }

  /** Makes durable what was committed. */
  *run(cause: SyncCause): Task<void> {
    const database = this.#database
    if (database === undefined) return
    try {
      yield* this.#sync(database, cause)
    } catch (error) {
      throw this.durability === 'strict' ? database.logs.explain(error) : error
    }
  }

  metrics(): Omit<StorageMetrics, 'host'> {
    const files = this.#database?.metrics
    return this.#counts.metrics(this.#database?.logs.dirty ?? { blocks: 0, bytes: 0 }, files)
  }

  *#sync(database: OpenDatabase, cause: SyncCause): Task<void> {
    const { now, sessions } = this.#surroundings
    if (database.logs.needSync) {
      this.#note({ type: 'syncstart', cause })
      const { dirty } = database.logs
      const before = database.metrics?.stored
      const start = now()
      try {
        const flushing = database.logs.flush()
        if (flushing !== undefined) {
          sessions.announceSync()
          yield flushing
        }
      } catch (error) {
        yield* this.#fail(database, cause, toDataSyncError(error))
        throw error
      }
      this.#succeed(cause, difference(database.metrics?.stored, before) ?? dirty, now() - start)
    }
    this.#schedule?.noteSynced()
    this.#isPressed = false
    if (this.#failure !== undefined) this.#setState({ kind: 'working' })
    this.#failure = undefined
  }

  #succeed(cause: SyncCause, stored: Amount, durationMs: number): void {
    this.#counts.noteSuccess(cause, stored, durationMs)
    this.#note({ type: 'syncsuccess', cause, ...stored, durationMs })
    this.#storage?.noteSync()
    if (this.durability === 'relaxed' && cause !== 'checkpoint') this.whenClean()
  }

  *#fail(database: OpenDatabase, cause: SyncCause, error: DataSyncError): Task<void> {
    const isRelaxed = this.durability === 'relaxed'
    const isClosing = this.#database === undefined
    const isLost = isRelaxed && (isUncertain(error) || (isClosing && database.losesUnflushed))
    this.#counts.noteFailure()
    this.#note({ type: 'syncfailure', cause, error: toErrorRecord(error), isLost })
    if (error.code === 'quota-exceeded') this.#storage?.refresh()
    if (!isRelaxed) return
    if (isLost || this.#failure?.code !== error.code) {
      this.#setState({ kind: isLost ? 'lost' : 'failing', error: toErrorRecord(error) })
    }
    this.#failure = error
    if (isClosing) return
    if (isLost) yield* this.#surroundings.lose(error)
    else this.#schedule?.noteFailed()
  }

  /** What fails here loses nothing, and shows in the state. */
  *#attempt(cause: SyncCause): Task<void> {
    try {
      yield* this.run(cause)
    } catch (error) {
      console.warn('DataSync could not store what was committed; it will try again.', error)
    }
  }

  *#relieve(): Task<void> {
    const limit = this.#limit()
    if (limit !== undefined && !this.isFailing) yield* this.#attempt(limit)
  }

  #limit(): ReturnType<typeof reachedLimit> {
    if (this.#database === undefined || this.#options === undefined) return undefined
    return reachedLimit(this.#database.logs.dirty, this.#options.sync)
  }

  #press(): void {
    if (this.#isPressed) return
    this.#isPressed = true
    const { blocks = 0, bytes = 0 } = this.#database?.logs.dirty ?? {}
    this.#note({ type: 'backpressure', dirtyBlocks: blocks, dirtyBytes: bytes })
  }

  #note(event: SyncNews['events'][number]): void {
    this.#surroundings.sessions.noteSync(event)
  }

  #setState(state: NonNullable<SyncNews['state']>): void {
    this.#lastState = state.kind
    this.#surroundings.sessions.setSyncState(state)
  }
}

/** A turn with nothing to do, which ends by sending what there is. */
function* sendNews(): Task<void> {}

function difference(after: Amount | undefined, before: Amount | undefined): Amount | undefined {
  if (after === undefined || before === undefined) return undefined
  return { blocks: after.blocks - before.blocks, bytes: after.bytes - before.bytes }
}
