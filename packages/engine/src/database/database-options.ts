import type { CheckAtOpen } from '../link/damage-report.ts'
import type { BlockSettings, BridgeChoice, Durability, StorageChoice } from '../link/protocol.ts'
import type { SyncSettings } from '../link/sync-protocol.ts'
import type { Migration } from './migrations.ts'
import { assertDatabaseName } from '../database-name.ts'
import { DataSyncError } from '../errors.ts'
import { checkSyncPolicy, type SyncPolicy } from './sync-policy.ts'

/** How `createDatabase` opens a database. */
export interface DatabaseOptions {
  /**
   * Where the data is kept. `'auto'`, the default, takes the best durable store that works here and
   * fails with `storage-unavailable` if there is none: it never turns to memory by itself.
   */
  readonly storage?: StorageChoice | undefined
  /**
   * `'strict'`, the default: a write that was acknowledged survives the loss of every process.
   * `'relaxed'`: the last moments may be lost, never more; what is left is still some committed state.
   */
  readonly durability?: Durability | undefined
  /** When commits are made durable under `'relaxed'`. */
  readonly syncPolicy?: SyncPolicy | undefined
  /**
   * Whether the browser is asked to keep the data when it is short of room, by `navigator.storage.persist()`.
   * `'auto'`, the default: once, after the first write once the user has done something on the page; not in
   * Firefox, where the user is asked: there, call it yourself at a moment at which you can say why.
   */
  readonly persist?: 'auto' | 'never' | undefined
  /** SQLite's page cache of the connection that writes, in KiB. 16,384 unless told; readers have a quarter each. */
  readonly cacheSize?: number | undefined
  /** Whether the file shrinks as data is deleted. Only of a new database. `'none'` unless told. */
  readonly autoVacuum?: 'none' | 'incremental' | 'full' | undefined
  /**
   * What makes the schema, in order. Those that a database has not seen are run before any other call
   * reaches it, each in a transaction of its own. Add to the end; never change what was released.
   */
  readonly migrations?: readonly Migration[] | undefined
  /**
   * How SQLite reaches IndexedDB, where the data is there. `'auto'`, the default, takes the best that the
   * page allows: `'sab'` on an isolated page (COOP and COEP), else `'jspi'` where the browser can suspend
   * WebAssembly, else `'mirror'`, which keeps the whole database in memory, up to `blocks.mirrorLimit`.
   */
  readonly bridge?: BridgeChoice | undefined
  /** How a database in IndexedDB is laid out. */
  readonly blocks?: BlockOptions | undefined
  /**
   * How much is looked at, in the background, after the database was opened: `'sample'`, the default, takes
   * the header, the schema and a few blocks by chance; `'full'` reads all of it. What is found damaged is
   * told by `db.status`, as `storage.damage`.
   */
  readonly checkAtOpen?: CheckAtOpen | undefined
  /** Makes the worker, for a bundler that does not find the one in this package by itself. */
  readonly worker?: (() => Worker) | undefined
  /** Where `sqlite3.wasm` is, if not beside the worker's script. Relative to the page. */
  readonly wasmUrl?: string | undefined
}

/** How a database in IndexedDB is laid out and held. */
export interface BlockOptions {
  /** What blocks are summed up by as they are written. `'xxhash64'` unless told. Each is read by its own. */
  readonly checksum?: 'xxhash64' | 'crc32c' | 'blake3' | undefined
  /** Blocks of 4 KiB in a record, 1 to 14. Only of a new database. 4 unless told. */
  readonly perExtent?: number | undefined
  /** The largest database that the bridge `'mirror'` keeps in memory, in MiB. 256 unless told. */
  readonly mirrorLimit?: number | undefined
}

/** The options with everything said that can be left out. */
export interface DatabaseSettings {
  readonly storage: StorageChoice
  readonly durability: Durability
  readonly sync: SyncSettings
  readonly persist: 'auto' | 'never'
  readonly cacheSize: number
  readonly autoVacuum: 'none' | 'incremental' | 'full'
  readonly migrations: readonly Migration[]
  readonly blocks: BlockSettings
  readonly checkAtOpen: CheckAtOpen
  readonly worker: (() => Worker) | undefined
  readonly wasmUrl: string | undefined
}

/** @throws DataSyncError `invalid-name` or `invalid-argument`. */
export function checkOptions(name: string, options: DatabaseOptions): DatabaseSettings {
  assertDatabaseName(name)
  const {
    storage = 'auto',
    durability = 'strict',
    syncPolicy = {},
    persist = 'auto',
    cacheSize = 16_384,
    autoVacuum = 'none',
    migrations = [],
    bridge = 'auto',
    blocks = {},
    checkAtOpen = 'sample',
    worker,
    wasmUrl,
  } = options
  expectOneOf('storage', storage, ['auto', 'opfs', 'indexeddb', 'memory'])
  expectOneOf('durability', durability, ['strict', 'relaxed'])
  expectOneOf('persist', persist, ['auto', 'never'])
  expectOneOf('autoVacuum', autoVacuum, ['none', 'incremental', 'full'])
  expectOneOf('checkAtOpen', checkAtOpen, ['sample', 'full', 'none'])
  if (!Number.isSafeInteger(cacheSize) || cacheSize <= 0) {
    throw invalid(`cacheSize is a positive number of KiB, not ${String(cacheSize)}.`)
  }
  if (!Array.isArray(migrations)) throw invalid('migrations is an array.')
  migrations.forEach((migration: unknown, index) => {
    if (!isMigration(migration)) {
      throw invalid(
        `Migration ${index + 1} is neither SQL text, nor a function, nor { name, up } with one of them.`,
      )
    }
  })
  return {
    storage,
    durability,
    sync: checkSyncPolicy(syncPolicy),
    persist,
    cacheSize,
    autoVacuum,
    migrations,
    blocks: checkBlocks(bridge, blocks),
    checkAtOpen,
    worker,
    wasmUrl: toAbsolute(wasmUrl),
  }
}

/** A record of 15 blocks or more comes near 64 KiB, from where on browsers keep it in a file of its own. */
const MOST_PER_EXTENT = 14

function checkBlocks(bridge: BridgeChoice, options: BlockOptions): BlockSettings {
  const { checksum = 'xxhash64', perExtent = 4, mirrorLimit = 256 } = options
  expectOneOf('bridge', bridge, ['auto', 'sab', 'jspi', 'mirror'])
  expectOneOf('blocks.checksum', checksum, ['xxhash64', 'crc32c', 'blake3'])
  if (!Number.isSafeInteger(perExtent) || perExtent < 1 || perExtent > MOST_PER_EXTENT) {
    throw invalid(`blocks.perExtent is a number from 1 to ${MOST_PER_EXTENT}, not ${String(perExtent)}.`)
  }
  if (!(mirrorLimit > 0)) throw invalid(`blocks.mirrorLimit is a positive number of MiB, not ${mirrorLimit}.`)
  return { bridge, checksum, perExtent, mirrorLimit }
}

/** Which options differ, of those that can be compared: of functions, each call brings new ones. */
export function findDifferences(a: DatabaseSettings, b: DatabaseSettings): readonly string[] {
  const names = [
    'storage',
    'durability',
    'persist',
    'cacheSize',
    'autoVacuum',
    'checkAtOpen',
    'wasmUrl',
  ] as const
  const differing: string[] = names.filter((name) => a[name] !== b[name])
  const isSame =
    a.migrations.length === b.migrations.length &&
    a.migrations.every((migration, index) => describe(migration) === describe(b.migrations[index]))
  const blocks = ['bridge', 'checksum', 'perExtent', 'mirrorLimit'] as const
  if (blocks.some((option) => a.blocks[option] !== b.blocks[option])) differing.push('blocks')
  if (JSON.stringify(a.sync) !== JSON.stringify(b.sync)) differing.push('syncPolicy')
  return isSame ? differing : [...differing, 'migrations']
}

function describe(migration: Migration | undefined): string {
  if (migration === undefined || typeof migration === 'function') return ''
  if (typeof migration === 'string') return migration
  return `${migration.name}\n${typeof migration.up === 'string' ? migration.up : ''}`
}

function isMigration(migration: unknown): migration is Migration {
  if (typeof migration === 'string' || typeof migration === 'function') return true
  if (typeof migration !== 'object' || migration === null || !('up' in migration)) return false
  const isNamed = 'name' in migration && typeof migration.name === 'string'
  return isNamed && (typeof migration.up === 'string' || typeof migration.up === 'function')
}

/** As the page sees it, since a worker may not be where the page is. A server never asks for it. */
function toAbsolute(url: string | undefined): string | undefined {
  const base: string | undefined = globalThis.location?.href
  if (url === undefined || base === undefined) return url
  try {
    return new URL(url, base).href
  } catch {
    throw invalid(`wasmUrl is an address, which ${JSON.stringify(url)} is not.`)
  }
}

function expectOneOf(option: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  const choices = allowed.map((choice) => `'${choice}'`).join(', ')
  throw invalid(`${option} is one of ${choices}, not ${JSON.stringify(value)}.`)
}

function invalid(message: string): DataSyncError {
  return new DataSyncError('invalid-argument', message)
}
