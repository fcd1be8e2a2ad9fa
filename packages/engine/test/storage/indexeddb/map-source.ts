import { createRecord } from '../../../src/worker/storage/indexeddb/database-record.ts'
import type {
  CreationOptions,
  DatabaseRecord,
  ExtentCommit,
  ExtentSource,
  OpenedSource,
} from '../../../src/worker/storage/indexeddb/extent-source.ts'

/** Extents in a map, read while the thread stands still, as through the bridges that can do that. */
export class MapSource implements ExtentSource {
  readonly extents = new Map<number, Uint8Array>()
  #record: DatabaseRecord | undefined
  /** Runs before each commit is stored; what it throws, the commit ends in. */
  beforeCommit: (commit: ExtentCommit) => void | Promise<void> = () => undefined

  async open(creation: CreationOptions): Promise<OpenedSource> {
    this.#record ??= createRecord(creation)
    return {
      record: this.#record,
      hasFinished: false,
      foundCommit: this.#record.commit,
      extents: new Map(),
    }
  }

  readonly readNow = (extents: readonly number[]): ReadonlyMap<number, Uint8Array> => {
    const found = new Map<number, Uint8Array>()
    for (const extent of extents) {
      const record = this.extents.get(extent)
      if (record !== undefined) found.set(extent, record.slice())
    }
    return found
  }

  async read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.readNow(extents)
  }

  async commit(commit: ExtentCommit): Promise<void> {
    await this.beforeCommit(commit)
    if (this.#record === undefined || commit.commit !== this.#record.commit + 1) {
      throw new Error(`commit ${commit.commit} does not follow ${this.#record?.commit}`)
    }
    const beyond = commit.records.find(([extent]) => extent >= commit.extentCount)
    if (beyond !== undefined) throw new Error(`extent ${beyond[0]} lies behind the end`)
    for (const [extent, record] of commit.records) this.extents.set(extent, record.slice())
    for (const extent of this.extents.keys()) if (extent >= commit.extentCount) this.extents.delete(extent)
    this.#record = { ...this.#record, commit: commit.commit, size: commit.size }
  }

  async close(): Promise<void> {
    // A map has nothing to let go of.
  }

  /** What another worker would find if this one were lost now. */
  copy(): MapSource {
    const copy = new MapSource()
    for (const [extent, record] of this.extents) copy.extents.set(extent, record.slice())
    copy.#record = this.#record
    return copy
  }
}

/** The same where no thread can stand still: what is not in memory has to be loaded first. */
export function withoutReadNow(source: ExtentSource): ExtentSource {
  return {
    open: (creation, wantsAll) => source.open(creation, wantsAll),
    read: (extents) => source.read(extents),
    commit: (commit) => source.commit(commit),
    close: () => source.close(),
  }
}
