import type { ServedFile } from '../doctor/served-file.ts'
import type { ErrorRecord } from '../errors.ts'
import type { SqlParameters, SqlValue } from '../values.ts'
import type { LiveUpdate, ChangeSet, QueryExplanation } from './live-protocol.ts'
import type { SyncNews, SyncRequestTypes, SyncSettings } from './sync-protocol.ts'
import type { CheckAtOpen, StorageDamage } from './damage-report.ts'
import type { DamageRequestTypes } from './damage-requests.ts'
import type { ImportRequestTypes } from './import-protocol.ts'
import type { BatchResult, StatementRun } from './batch-wire.ts'
import type { WindowMove, WindowState } from './window-protocol.ts'

/** Both ends compare it in the handshake. It changes whenever a message below changes its meaning. */
export const PROTOCOL_VERSION = 5

/** A statement with its parameters, as it crosses the link. */
export interface WireStatement {
  readonly sql: string
  readonly parameters: SqlParameters
}

/** Rows as columns: `values[c][r]` is column `c` of row `r`. Cheaper to copy than an object a row. */
export interface ColumnBlock {
  readonly names: readonly string[]
  readonly values: readonly (readonly SqlValue[])[]
  readonly rowCount: number
}

export interface WireResult {
  readonly block: ColumnBlock
  readonly changes: number
  readonly lastInsertRowid: number | bigint
  readonly durationMs: number
}

/** How much of a statement's result the caller wants to have sent. */
export type ResultShape = 'all-rows' | 'first-row' | 'no-rows'

export type StorageChoice = 'auto' | 'opfs' | 'indexeddb' | 'memory'
export type Durability = 'strict' | 'relaxed'

/** How SQLite reaches IndexedDB. */
export type Bridge = 'sab' | 'jspi' | 'mirror'
export type BridgeChoice = 'auto' | Bridge

/** How a database in IndexedDB is laid out and held. */
export interface BlockSettings {
  readonly bridge: BridgeChoice
  /** Of a new database, and of what is written to an old one. */
  readonly checksum: 'xxhash64' | 'crc32c' | 'blake3'
  /** Blocks of 4 KiB in a record. Only of a new database. */
  readonly perExtent: number
  /** The largest database that is mirrored in memory, in MiB. */
  readonly mirrorLimit: number
}

/**
 * What the page keeps of a database outside of where it is stored, so that a database which the browser
 * has dropped is told from one that never was.
 */
export interface RememberedStorage {
  /** Of which database: one that is attached is remembered apart. */
  readonly name: string
  readonly backend: 'opfs' | 'indexeddb'
  /** Of IndexedDB: the id of the database, and its newest commit where no file could witness it. */
  readonly id?: string | undefined
  readonly commit?: number | undefined
}

/** How a worker comes by the right to a database that another tab may have. */
export type LockRequest =
  /** Fails if another tab keeps it. */
  | 'hurry'
  /** Waits until the tab that has it goes away. */
  | 'wait'
  /** Takes it from a tab that gives no sign of life. */
  | 'steal'

export interface OpenRequest {
  readonly name: string
  /** Names this page among the tabs of the database. */
  readonly client: string
  readonly lock: LockRequest
  readonly remembered: RememberedStorage | undefined
  readonly storage: StorageChoice
  readonly durability: Durability
  readonly sync: SyncSettings
  readonly blocks: BlockSettings
  readonly checkAtOpen: CheckAtOpen
  /** SQLite's page cache of each connection, in KiB. */
  readonly cacheSize: number
  readonly autoVacuum: 'none' | 'incremental' | 'full'
  /** How many there are. If any, `user_version` belongs to them and a user's pragma may not set it. */
  readonly migrations: number
  /** Absolute address of `sqlite3.wasm` as the page sees it, for a worker that runs from a blob. */
  readonly wasmUrl: string | undefined
  /** On an isolated page: a flag that ends the running statement (0 = none, else a request's id). */
  readonly interrupt: SharedArrayBuffer | undefined
}

export interface OpenReply {
  readonly userVersion: number
}

export interface StatementRequest extends WireStatement {
  /** `write` waits for the writer; `auto` runs on a reader if the statement only reads. */
  readonly lane: 'auto' | 'write'
  readonly shape: ResultShape
  readonly transaction: number | undefined
  /** Milliseconds of execution after which the statement is ended. */
  readonly timeout: number | undefined
}

export interface BeginRequest {
  /** Chosen by the page, unique within its session. */
  readonly transaction: number
  readonly mode: 'deferred' | 'immediate' | 'exclusive'
  readonly readonly: boolean
  /** Milliseconds from its start after which the transaction is undone. */
  readonly timeout: number
}

/**
 * Every request that the page can make: what it sends and what it is answered.
 * A request without an answer worth waiting for is answered all the same, so that none is pending
 * for ever.
 */
export interface RequestTypes extends SyncRequestTypes, DamageRequestTypes, ImportRequestTypes {
  open: { payload: OpenRequest; reply: OpenReply }
  /** How SQLite's WebAssembly file was served to the worker. */
  examine: { payload: null; reply: ServedFile | undefined }
  statement: { payload: StatementRequest; reply: WireResult }
  script: {
    payload: {
      readonly sql: string
      readonly transaction: number | undefined
      readonly timeout: number | undefined
    }
    reply: null
  }
  batch: {
    payload: {
      readonly runs: readonly StatementRun[]
      readonly transaction: number | undefined
      readonly timeout: number | undefined
    }
    reply: BatchResult
  }
  begin: { payload: BeginRequest; reply: null }
  /** `userVersion` is set in the transaction itself: for migrations, which count themselves by it. */
  commit: {
    payload: { readonly transaction: number; readonly userVersion?: number | undefined }
    reply: null
  }
  rollback: { payload: { readonly transaction: number }; reply: null }
  /** `depth` counts from 1: the savepoint of a transaction nested that deep. */
  savepoint: {
    payload: {
      readonly transaction: number
      readonly depth: number
      readonly action: 'begin' | 'release' | 'rollback'
    }
    reply: null
  }
  streamOpen: {
    payload: WireStatement & { readonly stream: number; readonly transaction: number | undefined }
    reply: null
  }
  /** The next rows of a stream, and whether there may be more. */
  streamNext: {
    payload: { readonly stream: number }
    reply: { readonly block: ColumnBlock; readonly done: boolean }
  }
  streamClose: { payload: { readonly stream: number }; reply: null }
  /** `window` is the part of the result to be shown, if not all of it. */
  observe: {
    payload: WireStatement & { readonly live: number; readonly window?: WindowState | undefined }
    reply: null
  }
  /** Moves the window of a live query; answered with the update that shows it. */
  moveWindow: { payload: WindowMove & { readonly live: number }; reply: null }
  unobserve: { payload: { readonly live: number }; reply: null }
  refetch: { payload: { readonly live: number }; reply: null }
  /** How a live query is tracked. */
  explain: { payload: { readonly live: number }; reply: Omit<QueryExplanation, 'lastRun'> }
  /** Whether this session wants `changes` in its messages. */
  watch: { payload: { readonly enabled: boolean }; reply: null }
  /** Whether this session wants to hear of runs of its live queries that changed nothing. */
  inspect: { payload: { readonly enabled: boolean }; reply: null }
  attach: { payload: { readonly name: string; readonly schema: string }; reply: null }
  detach: { payload: { readonly schema: string }; reply: null }
  move: { payload: { readonly storage: 'opfs' | 'indexeddb' }; reply: null }
  /** Opens a stream of the bytes of the whole database, as of now, read by `exportNext`. */
  exportOpen: { payload: { readonly stream: number }; reply: null }
  exportNext: {
    payload: { readonly stream: number }
    reply: { readonly bytes: Uint8Array<ArrayBuffer>; readonly done: boolean }
  }
  /** Ends a request that is waiting or being read in slices. */
  abort: { payload: { readonly request: number }; reply: null }
  /** Serves the other tabs, too, from now on: the content is what they may see. */
  host: { payload: { readonly epoch: string }; reply: null }
  /** The content that was imported is migrated: the other tabs, which have waited, may see it. */
  openGate: { payload: null; reply: null }
  /** Lets another tab have the database, once nothing is under way that would be lost by that. */
  handOver: { payload: null; reply: null }
  /** Lets go of all files at once, as the page is put to sleep. */
  suspend: { payload: null; reply: null }
  delete: { payload: null; reply: null }
  close: { payload: null; reply: null }
}

export type RequestType = keyof RequestTypes

/** One request of the page: `{ id, type, payload }`. */
export type Request = {
  [Type in RequestType]: {
    readonly id: number
    readonly type: Type
    readonly payload: RequestTypes[Type]['payload']
    /** It was sent before, to a host that went away without an answer. */
    readonly again?: true | undefined
  }
}[RequestType]

/** Calls made in one microtask travel as one message. */
export interface PageMessage {
  readonly version: number
  readonly requests: readonly Request[]
  /** The oldest request that was not answered: what became of those before it may be forgotten. */
  readonly oldest: number
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: RequestTypes[RequestType]['reply'] }
  | { readonly id: number; readonly ok: false; readonly error: ErrorRecord }

/** Health of the storage, as the worker knows it. */
export interface StorageStatus {
  readonly backend: 'opfs' | 'indexeddb' | 'memory'
  readonly durable: boolean
  /** Of IndexedDB: how it is reached. */
  readonly bridge: Bridge | undefined
  /** Why this store, and this bridge. */
  readonly reason: string
  readonly persisted: boolean | undefined
  /**
   * Commits that were acknowledged and that the browser has lost since, as after a loss of power: 0 if
   * none are known to be. Those before them are all there.
   */
  readonly lostCommits: number
  /** Whether this opening has finished a commit that was stored, and then cut off on its way to its place. */
  readonly finishedCommit: boolean
  /** What is known to be damaged: by a check at the opening, by `db.verify()`, or left by `db.repair()`. */
  readonly damage: StorageDamage | undefined
  /**
   * Bytes that the origin may use and uses, where the browser tells. For the former, Chromium adds some GiB to the latter,
   * whatever there is.
   */
  readonly quota: number | undefined
  readonly usage: number | undefined
}

/**
 * Everything that one turn of the worker has for a page, in one message, so that all live queries
 * of a tab step together and a caller's own writes are shown before its promise resolves. The page
 * applies `updates`, then `changes`, then `replies`.
 */
export interface WorkerMessage {
  readonly version: number
  readonly commit: number
  readonly updates: readonly LiveUpdate[]
  readonly changes: ChangeSet | undefined
  readonly replies: readonly Reply[]
  readonly storage: StorageStatus | undefined
  /** What the page is to remember from now on, of each database that there is news of. */
  readonly remember: readonly RememberedStorage[]
  readonly sync?: SyncNews | undefined
  /** Another tab has taken the lock of the database: this engine may do nothing more. */
  readonly isDeposed?: true | undefined
}
