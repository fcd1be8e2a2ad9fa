import type { BlockSettings, Bridge, Durability } from '../../../link/protocol.ts'
import type { BlockStore, DatabaseFiles } from '../block-store.ts'
import type { ExtentSource } from './extent-source.ts'
import type { WitnessKeeper } from './witness.ts'
import { databaseFolder } from '../database-folder.ts'
import { BlockCache } from './block-cache.ts'
import { BlockStorage } from './block-storage.ts'
import { cacheCapacity } from './cache-capacity.ts'
import { type Checksums, loadChecksums } from './checksum.ts'
import { deleteDatabase } from './delete-database.ts'
import { ExtentCodec } from './extent-record.ts'
import { ExtentDatabase } from './extent-database.ts'
import { MirrorSource } from './mirror-source.ts'
import { databaseNameOf } from './schema.ts'
import { SharedSource } from './shared-source.ts'
import { StorageCounts } from './storage-counts.ts'
import { StoredFiles } from './stored-files.ts'
import { openWitnessFile } from './witness-file.ts'
import { WitnessedSource } from './witnessed-source.ts'

/** What the store is to be opened with. */
export interface IndexedDbOptions {
  readonly bridge: Bridge
  readonly durability: Durability
  readonly blocks: BlockSettings
}

/** Databases in IndexedDB, each one of its own, in checksummed blocks. */
export class IndexedDbStore implements BlockStore {
  readonly kind = 'indexeddb'
  readonly durable = true
  readonly bridge: Bridge
  readonly suspends: boolean
  readonly #options: IndexedDbOptions
  readonly #databases = new Map<string, Promise<StoredFiles>>()

  constructor(options: IndexedDbOptions) {
    this.bridge = options.bridge
    this.suspends = options.bridge === 'jspi'
    this.#options = options
  }

  /**
   * @throws DataSyncError `invalid-name`, `database-lost`, `database-in-use`, `format-newer`, `corrupt`,
   *   `mirror-full`, `quota-exceeded`, `connection-lost` or `storage-unavailable`
   */
  async open(database: string): Promise<DatabaseFiles> {
    const present = this.#databases.get(database)
    if (present !== undefined) return present
    const opening = this.#openFiles(database)
    this.#databases.set(database, opening)
    try {
      return await opening
    } catch (error) {
      if (this.#databases.get(database) === opening) this.#databases.delete(database)
      throw error
    }
  }

  async close(database: string): Promise<void> {
    const opening = this.#databases.get(database)
    this.#databases.delete(database)
    // What failed to open was told to the caller of `open`, and holds nothing.
    const files = await opening?.catch(() => undefined)
    await files?.close()
  }

  /** @throws DataSyncError `database-in-use` or `storage-unavailable` */
  async delete(database: string): Promise<void> {
    await this.close(database)
    const folder = await databaseFolder(database)
    // Forgotten first: a witness of a database that was deleted on purpose would speak of a loss.
    const witness = await openWitnessFile(folder, await loadChecksums())
    await witness?.forget()
    await deleteDatabase(databaseNameOf(folder))
  }

  async #openFiles(database: string): Promise<StoredFiles> {
    const { blocks, durability } = this.#options
    const folder = await databaseFolder(database)
    const checksums = await loadChecksums()
    const witness = await openWitnessFile(folder, checksums)
    try {
      const name = databaseNameOf(folder)
      const source = this.#createSource(name, checksums, witness)
      const opened = await source.open(
        { blocksPerExtent: blocks.perExtent, checksum: blocks.checksum },
        () => false,
      )
      const { blocksPerExtent, size } = opened.record
      const codec = new ExtentCodec(checksums, checksums.byName(blocks.checksum), blocksPerExtent)
      const capacity = this.bridge === 'mirror' ? Infinity : cacheCapacity(size)
      const cache = new BlockCache(capacity)
      return new StoredFiles(new BlockStorage(source, opened, codec, cache, new StorageCounts()), durability)
    } catch (error) {
      witness?.close()
      throw error
    }
  }

  #createSource(name: string, checksums: Checksums, witness: WitnessKeeper | undefined): ExtentSource {
    const isExpected = witness?.read() !== undefined
    const { bridge } = this
    const source =
      bridge === 'sab' ? new SharedSource(name, isExpected) : new ExtentDatabase(name, checksums, isExpected)
    const bridged =
      bridge === 'mirror' ? new MirrorSource(source, this.#options.blocks.mirrorLimit * 1024 * 1024) : source
    return witness === undefined ? bridged : new WitnessedSource(bridged, name, witness)
  }
}
