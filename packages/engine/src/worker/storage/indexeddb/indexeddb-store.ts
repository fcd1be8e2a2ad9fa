import type { Bridge, OpenRequest } from '../../../link/protocol.ts'
import type { Remember } from '../../engine-host.ts'
import type { BlockStore, DatabaseFiles } from '../block-store.ts'
import type { ExtentSource } from './extent-source.ts'
import type { WitnessKeeper } from './witness.ts'
import { databaseFolder } from '../database-folder.ts'
import { OpenDatabases } from '../open-databases.ts'
import { BlockCache } from './block-cache.ts'
import { BlockStorage } from './block-storage.ts'
import { cacheBounds } from './cache-capacity.ts'
import { CacheTuner } from './cache-tuner.ts'
import { type Checksums, loadChecksums } from './checksum.ts'
import { deleteStored } from './delete-stored.ts'
import { ExtentCodec } from './extent-record.ts'
import { ExtentDatabase } from './extent-database.ts'
import { MirrorSource } from './mirror-source.ts'
import { PageWitnesses } from './page-witnesses.ts'
import { databaseNameOf } from './schema.ts'
import { SharedSource } from './shared-source.ts'
import { StorageCounts } from './storage-counts.ts'
import { StoredFiles } from './stored-files.ts'
import { openCommitWitness } from './commit-witness.ts'
import { WitnessedSource } from './witnessed-source.ts'

/** What the store is to be opened with. */
export interface IndexedDbOptions {
  readonly bridge: Bridge
  readonly request: OpenRequest
  readonly remember: Remember
}

interface OpenStored {
  readonly files: StoredFiles
  readonly source: WitnessedSource
}

/** Databases in IndexedDB, each one of its own, in checksummed blocks. */
export class IndexedDbStore implements BlockStore {
  readonly kind = 'indexeddb'
  readonly durable = true
  readonly bridge: Bridge
  readonly suspends: boolean
  readonly #options: IndexedDbOptions
  readonly #pageWitnesses: PageWitnesses
  readonly #databases = new OpenDatabases((database) => this.#open(database))
  readonly #lostCommits = new Map<string, number>()
  /** Databases at whose opening a commit was finished. */
  readonly #finished = new Set<string>()

  constructor(options: IndexedDbOptions) {
    this.bridge = options.bridge
    this.suspends = options.bridge === 'jspi'
    this.#options = options
    this.#pageWitnesses = new PageWitnesses(options.request, options.remember)
  }

  lostCommits(database: string): number {
    return this.#lostCommits.get(database) ?? 0
  }

  hasFinishedCommit(database: string): boolean {
    return this.#finished.has(database)
  }

  /**
   * @throws DataSyncError `invalid-name`, `database-lost`, `database-in-use`, `format-newer`, `corrupt`,
   *   `mirror-full`, `quota-exceeded`, `connection-lost` or `storage-unavailable`
   */
  async open(database: string): Promise<DatabaseFiles> {
    const { files, source } = await this.#databases.open(database)
    this.#lostCommits.set(database, source.lostCommits)
    return files
  }

  async close(database: string): Promise<void> {
    const opened = await this.#databases.take(database)
    await opened?.files.close()
  }

  /** @throws DataSyncError `database-in-use` or `storage-unavailable` */
  async delete(database: string): Promise<void> {
    await this.close(database)
    this.#pageWitnesses.forget(database)
    await deleteStored(await databaseFolder(database))
  }

  async #open(database: string): Promise<OpenStored> {
    const { blocks, sync } = this.#options.request
    const folder = await databaseFolder(database)
    const checksums = await loadChecksums()
    const witness = await this.#openWitness(database, folder, checksums)
    let source: WitnessedSource | undefined
    try {
      source = this.#createSource(databaseNameOf(folder), checksums, witness)
      const opened = await source.open(
        { blocksPerExtent: blocks.perExtent, checksum: blocks.checksum },
        () => false,
      )
      if (opened.hasFinished) this.#finished.add(database)
      const { blocksPerExtent, size } = opened.record
      const codec = new ExtentCodec(checksums, checksums.byName(blocks.checksum), blocksPerExtent)
      const cache = new BlockCache(this.bridge === 'mirror' ? Infinity : new CacheTuner(cacheBounds(size)))
      const counts = new StorageCounts()
      const storage = new BlockStorage(source, opened, codec, cache, counts, sync.verifyAfterWrite)
      return { files: new StoredFiles(storage), source }
    } catch (error) {
      // The witness goes with the source.
      await (source ?? witness).close()
      throw error
    }
  }

  #createSource(name: string, checksums: Checksums, witness: WitnessKeeper): WitnessedSource {
    const isExpected = witness.read() !== undefined
    const stored = new ExtentDatabase(name, checksums, isExpected)
    return new WitnessedSource(this.#bridge(stored, name), name, witness)
  }

  #bridge(source: ExtentSource, name: string): ExtentSource {
    if (this.bridge === 'jspi') return source
    if (this.bridge === 'sab') return new SharedSource(source, name)
    return new MirrorSource(source, this.#options.request.blocks.mirrorLimit * 1024 * 1024)
  }

  async #openWitness(database: string, folder: string, checksums: Checksums): Promise<WitnessKeeper> {
    const file = await openCommitWitness(folder, checksums)
    if (file === undefined) return this.#pageWitnesses.open(database)
    this.#options.remember({ name: database, backend: this.kind })
    return file
  }
}
