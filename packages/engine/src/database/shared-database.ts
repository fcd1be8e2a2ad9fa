import type { DatabaseSettings } from './database-options.ts'
import type { DataSyncError } from '../errors.ts'
import type { DatabaseStatus } from '../database-reports.ts'
import type { Connection } from '../link/connection.ts'
import type { Answer } from '../link/pending-request.ts'
import type { RequestTypes, StorageChoice, StorageStatus, WorkerMessage } from '../link/protocol.ts'
import type { SeatHost } from '../link/engine-life-options.ts'
import type { SeatSource } from '../link/seat.ts'
import type { StorageMetrics } from '../link/sync-protocol.ts'
import type { Transport } from '../link/transport.ts'
import type { TransactionState } from '../transaction/transaction-state.ts'
import { ChangeFeed } from './change-feed.ts'
import { IDLE_STATUS } from './database-status.ts'
import {
  importDatabase,
  type ImportOptions,
  type ImportReport,
  type ImportSource,
} from './import-database.ts'
import { unlessAborted } from '../link/abort.ts'
import { EngineLink } from '../link/engine-link.ts'
import { fromErrorRecord } from '../link/error-record.ts'
import { OK } from '../link/pending-request.ts'
import { createFailedObservers } from '../live/fixed-observer.ts'
import { withoutPages } from '../live/pages-observer.ts'
import type { PagesObserver, QueryObserver } from '../live/snapshot.ts'
import { createCell, type Cell } from '../live/cell.ts'
import { KeptResults } from '../live/kept-results.ts'
import { LiveRegistry } from '../live/live-registry.ts'
import { runMigrations, type MigrationContext } from './migrations.ts'
import { OuterHandleGuard } from '../transaction/outer-handle-guard.ts'
import { recallStorage, rememberStorage } from './remembered-storage.ts'
import { listenToPage } from './page-lifecycle.ts'
import { requestPersistence } from './persistence.ts'
import { PROTOCOL_VERSION } from '../link/protocol.ts'
import { SoleSeat } from '../link/sole-seat.ts'
import { notifyListeners } from '../notify-listeners.ts'
import { TabSeats } from '../tabs/tab-seats.ts'
import { SyncFeed } from './sync-feed.ts'

/** What all handles of one database on this page have in common. */
export class SharedDatabase {
  readonly name: string
  readonly settings: DatabaseSettings
  readonly link: EngineLink
  readonly live: LiveRegistry
  readonly changes: ChangeFeed
  readonly syncs: SyncFeed
  /** Where queries keep their results, if the database is kept as well. */
  readonly kept: KeptResults | undefined
  readonly guard: OuterHandleGuard = new OuterHandleGuard()
  /** The observer of a query that cannot be asked. */
  readonly failedObserver: (error: DataSyncError) => QueryObserver<never> = createFailedObservers(
    (each) => each,
  )
  readonly failedPages: (error: DataSyncError) => PagesObserver<never> = createFailedObservers(withoutPages)
  /** Attached databases, by schema, in lower case as it means the same in any case. */
  readonly attached: Map<string, RequestTypes['attach']['payload']> = new Map()
  readonly status: Cell<DatabaseStatus> = createCell(IDLE_STATUS)
  readonly #stopListening: () => void
  #storage: StorageChoice
  #lastTransaction = 0
  #lastStream = 0
  /** Open transactions that can write. */
  readonly #writing = new Set<TransactionState>()
  #importing: Promise<unknown> = Promise.resolve()
  /** Where the engine is shared with other tabs. */
  #tabs: TabSeats | undefined
  readonly #outdatedListeners = new Set<() => void>()

  /** `after` is when an earlier engine of this name has let go of the files. */
  constructor(
    name: string,
    settings: DatabaseSettings,
    createWorker: () => Transport,
    after: Promise<void> | undefined,
  ) {
    this.name = name
    this.settings = settings
    this.#storage = settings.storage
    this.kept = canKeep(settings) ? new KeptResults(name, settings.migrations.length) : undefined
    const { durability, sync, cacheSize, autoVacuum, migrations, blocks, checkAtOpen, wasmUrl } = settings
    const client = newClient()
    this.link = new EngineLink({
      seats: (host) => this.#createSeats(host, client, createWorker),
      after,
      open: () => ({
        name,
        client,
        lock: 'hurry',
        remembered: recallStorage(name),
        storage: this.#storage,
        durability,
        sync,
        cacheSize,
        autoVacuum,
        blocks,
        checkAtOpen,
        migrations: migrations.length,
        wasmUrl,
      }),
      restore: (connection) => this.#attachAgain(connection),
      migrate: (connection, userVersion) => runMigrations(this.#migrationContext(), connection, userVersion),
      deliver: ({ updates }) => this.live.apply(updates),
      notify: (message) => this.#notify(message),
      phaseChanged: (phase, reason) => {
        const error = reason === undefined ? undefined : fromErrorRecord(reason.error, reason.cause)
        this.#show({ phase, error })
        if (phase === 'closed') this.#stopListening()
      },
      roleChanged: (role) => this.#show({ role: Object.freeze(role) }),
      connected: (isQuiet) => {
        if (this.changes.isWanted) this.#tell('watch', true)
        if (this.syncs.isWanted) this.#tell('syncWatch', true)
        this.live.connected(isQuiet)
      },
      disconnected: (reason) => {
        this.#writing.clear()
        this.#settleSync()
        this.live.disconnected()
        if (reason !== undefined) this.live.fail(fromErrorRecord(reason.error, reason.cause))
      },
    })
    this.live = new LiveRegistry({
      open: () => {
        void this.link.open().then((answer) => {
          if (!answer.ok) this.live.fail(fromErrorRecord(answer.error, answer.cause))
        })
      },
      send: (type, payload, settle) => this.link.tell(type, payload, settle),
      explain: (live) => this.link.request('explain', { live }),
    })
    this.changes = new ChangeFeed((isWanted) => {
      this.#tell('watch', isWanted)
      // Whoever listens has begun to use the database.
      if (isWanted) void this.link.open()
    })
    this.syncs = new SyncFeed((isWanted) => this.#tell('syncWatch', isWanted))
    this.#stopListening = listenToPage({
      sleep: () => this.link.suspend(),
      wake: () => void this.link.resume(),
      hide: (cause) => {
        // Under `strict`, whatever was acknowledged is durable.
        if (durability === 'relaxed') this.link.tell('sync', { cause }, () => undefined, { isUrgent: true })
      },
      visibilityChanged: () => this.#tabs?.visibilityChanged(),
    })
  }

  /** It is opened where it has moved to, even if another store was asked for by name. */
  noteMoved(storage: StorageChoice): void {
    if (this.#storage !== 'auto') this.#storage = storage
  }

  readonly nextTransaction = (): number => ++this.#lastTransaction

  readonly nextStream = (): number => ++this.#lastStream

  noteTransaction(state: TransactionState): void {
    if (state.isReadonly) return
    this.#writing.add(state)
    void state.ended.then(() => this.#writing.delete(state))
  }

  /** Notes a call that waits for any transaction that holds the writer. */
  noteWaitingCall(): void {
    for (const state of this.#writing) state.noteWaitingCall()
  }

  /** The engine receives one import at a time. */
  async importInTurn(source: ImportSource, options: ImportOptions = {}): Promise<ImportReport> {
    const before = this.#importing
    const turn = unlessAborted(before, options.signal).then(() => importDatabase(this.link, source, options))
    // One that is aborted before its turn does not wait for it, but those after it do.
    this.#importing = Promise.allSettled([before, turn])
    return turn
  }

  /** With what this page has counted. */
  completeMetrics(metrics: StorageMetrics): StorageMetrics {
    const { host } = metrics
    if (host === undefined) return metrics
    const ignoredMessages = host.ignoredMessages + (this.#tabs?.ignoredMessages ?? 0)
    return { ...metrics, host: { ...host, ignoredMessages } }
  }

  /** Calls back when a newer version of the app takes the database over. */
  onOutdated(listener: () => void): () => void {
    const subscription = (): void => listener()
    this.#outdatedListeners.add(subscription)
    return () => this.#outdatedListeners.delete(subscription)
  }

  #createSeats(host: SeatHost, client: string, createWorker: () => Transport): SeatSource {
    const isKeptAsleep = this.settings.storage === 'memory'
    if (isKeptAsleep || !canShare()) {
      return new SoleSeat({ connect: () => host.connect(createWorker()), open: host.open, isKeptAsleep })
    }
    this.#tabs = new TabSeats(host, {
      name: this.name,
      client,
      version: { protocol: PROTOCOL_VERSION, migrations: this.settings.migrations.length },
      createWorker,
      outdated: () => notifyListeners(this.#outdatedListeners),
    })
    return this.#tabs
  }

  #tell(type: 'watch' | 'syncWatch', enabled: boolean): void {
    this.link.tell(type, { enabled }, () => undefined)
  }

  #show(news: Partial<DatabaseStatus>): void {
    this.status.set(Object.freeze({ ...this.status.readable.getSnapshot(), ...news }))
  }

  /** What an engine could not make durable has ended with it, unless it is in files, where the next one finds it. */
  #settleSync(): void {
    const { sync, storage } = this.status.readable.getSnapshot()
    // One that is closed stores what it can, of which nobody hears any more.
    if (sync.kind !== 'failing' || this.link.isClosed) return
    this.#show({ sync: storage?.backend === 'opfs' ? { kind: 'working' } : { ...sync, kind: 'lost' } })
  }

  #notify({ commit, storage, changes, remember, sync }: WorkerMessage): void {
    for (const news of remember) rememberStorage(news)
    if (storage !== undefined) this.#show({ storage: Object.freeze(storage) })
    const { state } = sync ?? {}
    if (state !== undefined) {
      this.#show({
        sync: state.kind === 'working' ? state : { ...state, error: fromErrorRecord(state.error) },
      })
    }
    this.live.notify()
    if (changes !== undefined) this.changes.deliver(changes)
    if (sync !== undefined) this.syncs.deliver(sync.events)
    if (commit > 0 && this.settings.persist === 'auto') void this.#persist()
  }

  async #persist(): Promise<void> {
    if (this.#storageStatus?.durable !== true) return
    const persisted = await requestPersistence()
    const storage = this.#storageStatus
    if (persisted === undefined || storage === undefined) return
    this.#show({ storage: Object.freeze({ ...storage, persisted }) })
  }

  get #storageStatus(): StorageStatus | undefined {
    return this.status.readable.getSnapshot().storage
  }

  #migrationContext(): MigrationContext {
    const { guard, nextTransaction, nextStream, settings } = this
    return { guard, nextTransaction, nextStream, migrations: settings.migrations }
  }

  async #attachAgain(connection: Connection): Promise<Answer<null>> {
    for (const attachment of this.attached.values()) {
      const answer = await connection.request('attach', attachment, { life: 0 })
      if (!answer.ok) return answer
    }
    return OK
  }
}

/** Where there are neither locks nor channels, a second tab is refused (`database-in-use`). */
function canShare(): boolean {
  return typeof document !== 'undefined' && typeof BroadcastChannel === 'function' && 'locks' in navigator
}

/** A database in memory is another one each time, and a server has the rows of many users. */
function canKeep({ storage }: DatabaseSettings): boolean {
  return storage !== 'memory' && typeof document !== 'undefined'
}

/** `randomUUID` is there on secure pages alone, as is all durable storage; a server makes handles, too. */
function newClient(): string {
  return typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : String(Math.random())
}
