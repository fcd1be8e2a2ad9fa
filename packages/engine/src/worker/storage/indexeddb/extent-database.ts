import type { Checksums } from './checksum.ts'
import type {
  CreationOptions,
  DatabaseRecord,
  ExtentCommit,
  ExtentSource,
  OpenedSource,
} from './extent-source.ts'
import {
  applyNextPart,
  dropParts,
  isLarge,
  PART_LIMITS,
  type PartLimits,
  stageParts,
} from './staged-commit.ts'
import { connectionError, isFenced } from './connection-error.ts'
import { createRecord, readRecord } from './database-record.ts'
import { digestOf, openSealed, sealText } from './sealed-text.ts'
import { DataSyncError } from '../../../errors.ts'
import { connect } from './connect.ts'
import { readExtents } from './read-extents.ts'
import { Reconnection } from './reconnection.ts'
import { EXTENTS, LOG, META, RECORD_KEY, STAGED } from './schema.ts'
import { resultOf, transact } from './transaction.ts'

/** Commits of which the log keeps a record. */
const KEPT_COMMITS = 32

/** How often a commit of another tab may come before the opening of this one. */
const MOST_ATTEMPTS = 10

/** A database in IndexedDB: extents, one record for the whole, and a record for each of the last commits. */
export class ExtentDatabase implements ExtentSource {
  readonly #name: string
  readonly #checksums: Checksums
  readonly #limits: PartLimits
  readonly #connection: Reconnection
  #record: DatabaseRecord | undefined
  #applying: Promise<void> | undefined

  constructor(name: string, checksums: Checksums, isExpected: boolean, limits: PartLimits = PART_LIMITS) {
    this.#name = name
    this.#checksums = checksums
    this.#limits = limits
    this.#connection = new Reconnection(() => connect(this.#name, isExpected || this.#record !== undefined))
  }

  async open(
    creation: CreationOptions,
    wantsAll: (record: DatabaseRecord) => boolean,
  ): Promise<OpenedSource> {
    return this.#connection.use(async (database) => {
      const opened = await this.#takeOver(database, creation)
      const { record } = opened
      const extents = wantsAll(record)
        ? await readExtents(database, range(extentCountOf(record)))
        : await readExtents(database, record.warm)
      return { ...opened, extents }
    })
  }

  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#connection.use(async (database) => {
      await this.#applyParts(database)
      return readExtents(database, extents)
    })
  }

  async commit(commit: ExtentCommit): Promise<void> {
    const digest = digestOf(concatenateDigests(commit, this.#checksums), this.#checksums)
    let isRepeated = false
    this.#record = await this.#connection.use(async (database) => {
      await this.#applyParts(database)
      // A connection that was lost does not tell whether the commit had been stored before.
      const stored = isRepeated ? await this.#findStored(database, commit.commit, digest) : undefined
      isRepeated = true
      if (stored !== undefined) return stored
      return isLarge(commit, this.#limits)
        ? this.#declareParts(database, commit, digest)
        : this.#commitAtOnce(database, commit, digest)
    })
    await this.#finish()
  }

  async close(): Promise<void> {
    this.#connection.close()
  }

  /**
   * Takes over the database for writing: whoever wrote it before finds the next commit taken. One that is
   * just being made comes first, and is then part of what is taken over.
   */
  async #takeOver(database: IDBDatabase, creation: CreationOptions): Promise<Omit<OpenedSource, 'extents'>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#begin(database, creation)
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isFenced(error)) throw error
      }
    }
  }

  async #begin(database: IDBDatabase, creation: CreationOptions): Promise<Omit<OpenedSource, 'extents'>> {
    this.#record = (await readRecord(database, this.#checksums)) ?? undefined
    const isNew = this.#record === undefined
    const hasFinished = (this.#record?.applying ?? null) !== null
    await this.#applyParts(database)
    const before = this.#record ?? createRecord(creation)
    const record: DatabaseRecord = { ...before, commit: before.commit + 1, epoch: before.epoch + 1 }
    const foundCommit = before.commit
    try {
      // What lies beside the extents now was never declared. Were it dropped on its own, somebody could
      // declare it just before.
      await this.#write(database, 'relaxed', record, '', (transaction) => {
        transaction.objectStore(STAGED).clear()
      })
    } catch (error) {
      // Where there is no room to take it over, it can still be read, and rows be deleted. The first commit
      // takes it over then.
      if (isNew || !isFull(error)) throw error
      return { record: before, foundCommit, hasFinished }
    }
    this.#record = record
    return { record, foundCommit, hasFinished }
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
  async #declareParts(database: IDBDatabase, commit: ExtentCommit, digest: string): Promise<DatabaseRecord> {
    const record = this.#next(commit)
    const parts = await this.#stage(database, record, commit)
    const marked = { ...record, applying: { epoch: record.epoch, commit: record.commit, parts, applied: 0 } }
    await this.#write(database, commit.durability, marked, digest, (transaction) =>
      this.#dropFrom(transaction.objectStore(EXTENTS), commit.extentCount),
    )
    return marked
  }

  /**
   * What is declared is stored, even if its parts cannot be moved to their places now. As others may read
   * from there, it is then left to the next opening.
   *
   * @throws DataSyncError `connection-lost`, upon which the database is opened anew, or `corrupt`
   */
  async #finish(): Promise<void> {
    if (!this.#record?.applying) return
    const { commit } = this.#record
    try {
      await this.#connection.use((database) => this.#applyParts(database))
    } catch (error) {
      if (error instanceof DataSyncError && error.code === 'corrupt') throw error
      const message = `Commit ${commit} was stored, but its parts could not be moved to their places yet.`
      throw new DataSyncError('connection-lost', message, {}, error)
    }
  }

  async #applyParts(database: IDBDatabase): Promise<void> {
    this.#applying ??= this.#applyAll(database).finally(() => {
      this.#applying = undefined
    })
    await this.#applying
  }

  async #applyAll(database: IDBDatabase): Promise<void> {
    while (this.#record?.applying) {
      this.#record = await applyNextPart(database, this.#record, this.#record.applying, this.#checksums)
    }
  }

  async #stage(
    database: IDBDatabase,
    record: DatabaseRecord,
    commit: ExtentCommit,
  ): Promise<readonly string[]> {
    try {
      return await stageParts(database, record, commit, this.#checksums, this.#limits)
    } catch (error) {
      // They would take the room that is wanting.
      await dropParts(database, record).catch(() => undefined)
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
      await transact(database, [META, LOG, EXTENTS, STAGED], durability, (transaction) => {
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
    if (found?.digest !== digest) return undefined
    const record = await readRecord(database, this.#checksums)
    // The parts of somebody else's commit are not for this one to move.
    return record?.commit === commit ? record : record && { ...record, applying: null }
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

function isFull(error: unknown): boolean {
  return error instanceof DataSyncError && error.code === 'quota-exceeded'
}
