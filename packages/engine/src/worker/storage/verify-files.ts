import type { DatabaseFiles } from './block-store.ts'
import { DIGEST_SIZE, loadChecksums } from './indexeddb/checksum.ts'
import { type Digest, VerifiedFile } from './verified-file.ts'

/**
 * The same files, but what is synced of them is read back. They must be those that the storage has: of others,
 * something else may be stored than what was written.
 */
export async function verifyFiles(files: DatabaseFiles): Promise<DatabaseFiles> {
  const digest = await createDigest()
  return {
    ...files,
    main: new VerifiedFile(files.main, 'the database', digest),
    wal: new VerifiedFile(files.wal, 'its log', digest),
  }
}

async function createDigest(): Promise<Digest> {
  const checksum = (await loadChecksums()).byName('xxhash64')
  const digest = new DataView(new ArrayBuffer(DIGEST_SIZE))
  const bytes = new Uint8Array(digest.buffer)
  return (content) => {
    checksum.write(content, bytes, 0)
    return digest.getBigUint64(0, true)
  }
}
