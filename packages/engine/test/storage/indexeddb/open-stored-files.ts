import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { BlockStorage } from '../../../src/worker/storage/indexeddb/block-storage.ts'
import { type ChecksumName, loadChecksums } from '../../../src/worker/storage/indexeddb/checksum.ts'
import { ExtentCodec } from '../../../src/worker/storage/indexeddb/extent-record.ts'
import { ExtentDatabase } from '../../../src/worker/storage/indexeddb/extent-database.ts'
import { StorageCounts } from '../../../src/worker/storage/indexeddb/storage-counts.ts'
import { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'

const checksums = await loadChecksums()

/** The files of an IndexedDB database, all of them in memory as the mirror has them. */
export async function openStoredFiles(
  name: string,
  options: { readonly blocksPerExtent?: number; readonly checksum?: ChecksumName } = {},
): Promise<StoredFiles> {
  const { blocksPerExtent = 8, checksum = 'xxhash64' } = options
  const source = new ExtentDatabase(name, checksums, false)
  const opened = await source.open({ blocksPerExtent, checksum }, () => true)
  const codec = new ExtentCodec(checksums, checksums.byName(checksum), blocksPerExtent)
  const storage = new BlockStorage(source, opened, codec, new BlockCache(Infinity), new StorageCounts())
  return new StoredFiles(storage)
}
