import type { Checksums } from './checksum.ts'
import type {
  CreationOptions,
  DatabaseRecord,
  ExtentCommit,
  ExtentSource,
  OpenedSource,
} from './extent-source.ts'
import { applyParts, dropStrayParts, isLarge, stageParts } from './staged-commit.ts'
import { connectionError } from './connection-error.ts'
import { createRecord, readRecord } from './database-record.ts'
import { digestOf, openSealed, sealText } from './sealed-text.ts'
import { openConnection } from './open-connection.ts'
import { readExtents } from './read-extents.ts'
import { Reconnection } from './reconnection.ts'
import { EXTENTS, LOG, META, RECORD_KEY } from './schema.ts'
import { resultOf, transact } from './transaction.ts'

/** Commits of which the log keeps a record. */
const KEPT_COMMITS = 32

/** A database in IndexedDB: extents, one record for the whole, and a record for each of the last commits. */
export class ExtentDatabase implements ExtentSource {
  readonly #name: string
  readonly #checksums: Checksums
  readonly #connection: Reconnection
  #record: DatabaseRecord | undefined

  /** `name` is that of the IndexedDB database. Where it `isExpected`, it is not made anew if it is gone. */
  constructor(name: string, checksums: Checksums, isExpected: boolean) {
    this.#name = name
    this.#checksums = checksums
    this.#connection = new Reconnection(() =>
      openConnection(this.#name, isExpected || this.#record !== undefined),
    )
  }

  async open(
    creation: CreationOptions,
    wantsAll: (record: DatabaseRecord) => boolean,
  ): Promise<OpenedSource> {
    return this.#connection.use(async (database) => {
      const opened = await this.#begin(database, creation)
      const { record } = opened
      const extents = wantsAll(record)
        ? await readExtents(database, range(extentCountOf(record)))
        : await readExtents(database, record.warm)
      return { ...opened, extents }
    })
  }

  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#connection.use((database) => readExtents(database, extents))
  }

  async commit(commit: ExtentCommit): Promise<void> {
    const digest = digestOf(concatenateDigests(commit, this.#checksums), this.#checksums)
    let isRepeated = false
    this.#record = await this.#connection.use(async (database) => {
      // A connection that was lost does not tell whether the commit had been stored before.
      const stored = isRepeated ? await this.#findStored(database, commit.commit, digest) : undefined
      isRepeated = true
      if (stored !== undefined) return applyParts(database, stored, this.#checksums)
      return isLarge(commit)
        ? this.#commitInParts(database, commit, digest)
        : this.#commitAtOnce(database, commit, digest)
    })
  }

  async close(): Promise<void> {
    this.#connection.close()
  }

  /** Takes over the database for writing: whoever wrote it before finds the next commit taken. */
  async #begin(database: IDBDatabase, creation: CreationOptions): Promise<Omit<OpenedSource, 'extents'>> {
    const found = await readRecord(database, this.#checksums)
    const before = await applyParts(database, found ?? createRecord(creation), this.#checksums)
    await dropStrayParts(database)
    const record: DatabaseRecord = { ...before, commit: before.commit + 1, epoch: before.epoch + 1 }
    await this.#write(database, 'relaxed', record, '', () => undefined)
    this.#record = record
    return { record, isNew: found === undefined, hasFinished: (found?.applying ?? null) !== null }
  }

  async #commitAtOnce(database: IDBDatabase, commit: ExtentCommit, digest: string): Promise<DatabaseRecord> {
    const record = this.#next(commit)
    await this.#write(database, commit.durability, record, digest, (transaction) => {
      const extents = transaction.objectStore(EXTENTS)
      for (const [extent, bytes] of commit.records) extents.put(bytes, extent)
      this.#dropFrom(extents, commit.extentCount)
    })
    return record
  }

  /** Too much for one transaction: stored beside the extents first, then declared, then moved to its place. */
  async #commitInParts(database: IDBDatabase, commit: ExtentCommit, digest: string): Promise<DatabaseRecord> {
    const record = this.#next(commit)
    const parts = await this.#stage(database, record, commit)
    const marked = { ...record, applying: { epoch: record.epoch, commit: record.commit, parts, applied: 0 } }
    await this.#write(database, commit.durability, marked, digest, (transaction) =>
      this.#dropFrom(transaction.objectStore(EXTENTS), commit.extentCount),
    )
    return applyParts(database, marked, this.#checksums)
  }

  async #stage(
    database: IDBDatabase,
    record: DatabaseRecord,
    commit: ExtentCommit,
  ): Promise<readonly string[]> {
    try {
      return await stageParts(database, record, commit, this.#checksums)
    } catch (error) {
      // They would take the room that is wanting.
      await dropStrayParts(database).catch(() => undefined)
      throw connectionError(this.#name, 'store a part of a commit', error)
    }
  }

  async #write(
    database: IDBDatabase,
    durability: IDBTransactionOptions['durability'],
    record: DatabaseRecord,
    digest: string,
    write: (transaction: IDBTransaction) => void,
  ): Promise<void> {
    try {
      await transact(database, [META, LOG, EXTENTS], durability, (transaction) => {
        const log = transaction.objectStore(LOG)
        const { commit, epoch, size, updatedAt } = record
        // Fails if somebody else has made this commit: then this one must not be.
        log.add(sealText({ epoch, size, digest, at: updatedAt }, this.#checksums), commit)
        if (commit % KEPT_COMMITS === 0) log.delete(IDBKeyRange.upperBound(commit - KEPT_COMMITS))
        transaction.objectStore(META).put(sealText(record, this.#checksums), RECORD_KEY)
        write(transaction)
      })
    } catch (error) {
      throw connectionError(this.#name, 'store a commit', error)
    }
  }

  /** The record of the database if it was this very commit that took this number. */
  async #findStored(
    database: IDBDatabase,
    commit: number,
    digest: string,
  ): Promise<DatabaseRecord | undefined> {
    const sealed = await transact(database, [LOG], 'readonly', (transaction) =>
      resultOf<unknown>(transaction.objectStore(LOG).get(commit)),
    )
    const found = openSealed(sealed, this.#checksums) as { readonly digest?: string } | undefined
    return found?.digest === digest ? readRecord(database, this.#checksums) : undefined
  }

  #next({ commit, size, warm }: ExtentCommit): DatabaseRecord {
    const record = this.#record
    if (record === undefined) throw new Error('the database is not open')
    return { ...record, commit, size, updatedAt: Date.now(), warm: warm ?? record.warm }
  }

  #dropFrom(extents: IDBObjectStore, first: number): void {
    if (this.#record !== undefined && first >= extentCountOf(this.#record)) return
    extents.delete(IDBKeyRange.lowerBound(first))
  }
}

export function extentCountOf({ size, blockSize, blocksPerExtent }: DatabaseRecord): number {
  return Math.ceil(size / (blockSize * blocksPerExtent))
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}

/** Tells one commit from another: of each record the header's sum, which covers those of the blocks. */
function concatenateDigests(commit: ExtentCommit, checksums: Checksums): Uint8Array {
  const parts = commit.records.map(
    ([extent, record]) => `${extent}:${digestOf(record.subarray(0, 40), checksums)}`,
  )
  return new TextEncoder().encode(`${commit.commit};${commit.size};${parts.join(',')}`)
}
