import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { BlockStorage } from '../../../src/worker/storage/indexeddb/block-storage.ts'
import {
  type ChecksumName,
  type Checksums,
  loadChecksums,
} from '../../../src/worker/storage/indexeddb/checksum.ts'
import { ExtentCodec } from '../../../src/worker/storage/indexeddb/extent-record.ts'
import { ExtentDatabase } from '../../../src/worker/storage/indexeddb/extent-database.ts'
import type { ExtentSource } from '../../../src/worker/storage/indexeddb/extent-source.ts'
import type { PartLimits } from '../../../src/worker/storage/indexeddb/staged-commit.ts'
import { StorageCounts } from '../../../src/worker/storage/indexeddb/storage-counts.ts'
import { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'

export const checksums: Checksums = await loadChecksums()

export interface StoredOptions {
  readonly blocksPerExtent?: number
  readonly checksum?: ChecksumName
  readonly cache?: BlockCache
  readonly limits?: PartLimits
}

/** The files of an IndexedDB database, all of them in memory as the mirror has them. */
export async function openStoredFiles(name: string, options: StoredOptions = {}): Promise<StoredFiles> {
  return openFilesOf(new ExtentDatabase(name, checksums, false, options.limits), options)
}

/** The files of a database that is stored in `source`; one that exists keeps what it was made with. */
export async function openFilesOf(source: ExtentSource, options: StoredOptions = {}): Promise<StoredFiles> {
  const { blocksPerExtent = 8, checksum = 'xxhash64', cache = new BlockCache(Infinity) } = options
  const opened = await source.open({ blocksPerExtent, checksum }, () => cache.capacity === Infinity)
  const { record } = opened
  const codec = new ExtentCodec(
    checksums,
    checksums.byName(record.checksum as ChecksumName),
    record.blocksPerExtent,
  )
  return new StoredFiles(new BlockStorage(source, opened, codec, cache, new StorageCounts()))
}
