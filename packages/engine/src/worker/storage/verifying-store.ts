import type { BlockStore, DatabaseFiles } from './block-store.ts'
import { DIGEST_SIZE, loadChecksums } from './indexeddb/checksum.ts'
import { type Digest, VerifiedFile } from './verified-file.ts'

/** The same store, but what is synced is read back. For one that keeps SQLite's own files. */
export function verifying(store: BlockStore): BlockStore {
  return new VerifyingStore(store)
}

class VerifyingStore implements BlockStore {
  readonly kind: BlockStore['kind']
  readonly durable: boolean
  readonly #store: BlockStore
  /** One set of files for an open database, however often it is asked for. */
  readonly #files = new WeakMap<DatabaseFiles, DatabaseFiles>()

  constructor(store: BlockStore) {
    this.#store = store
    this.kind = store.kind
    this.durable = store.durable
  }

  lostCommits(database: string): number {
    return this.#store.lostCommits?.(database) ?? 0
  }

  async open(database: string): Promise<DatabaseFiles> {
    const files = await this.#store.open(database)
    const digest = await createDigest()
    const known = this.#files.get(files)
    if (known !== undefined) return known
    const verified: DatabaseFiles = {
      main: new VerifiedFile(files.main, 'the database', digest),
      wal: new VerifiedFile(files.wal, 'its log', digest),
      journal: files.journal,
      incoming: files.incoming,
      ...(files.metrics && { metrics: () => files.metrics?.() ?? { checksumFailures: 0 } }),
    }
    this.#files.set(files, verified)
    return verified
  }

  close(database: string): Promise<void> {
    return this.#store.close(database)
  }

  delete(database: string): Promise<void> {
    return this.#store.delete(database)
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
