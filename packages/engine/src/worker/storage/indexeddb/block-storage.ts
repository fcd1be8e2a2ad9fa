import type { Durability } from '../../../link/protocol.ts'
import type { BlockFault, FileMetrics } from '../block-store.ts'
import type { BlockCache } from './block-cache.ts'
import type { BadBlock, Blocks, ExtentCodec, StoredBlock } from './extent-record.ts'
import type { ExtentSource, OpenedSource } from './extent-source.ts'
import { DataSyncError } from '../../../errors.ts'
import { encodeCommit, withHoles } from './encode-commit.ts'
import { fencedError } from './connection-error.ts'
import { checkExtents, faultsOfExtent } from './check-extents.ts'
import { BLOCK_SIZE } from '../block-size.ts'
import { isBad } from './extent-record.ts'
import { ReadAhead } from './read-ahead.ts'
import type { StorageCounts } from './storage-counts.ts'
import { fingerprints, verifyCommit } from './verify-commit.ts'
import { WarmSet } from './warm-set.ts'

/** The blocks of one database as its newest stored commit left them: read through a cache, and committed. */
export class BlockStorage {
  readonly counts: StorageCounts
  readonly #source: ExtentSource
  readonly #codec: ExtentCodec
  readonly #cache: BlockCache
  readonly #readAhead: ReadAhead
  readonly #warmSet: WarmSet
  /** What was read last, until it was used. */
  readonly #arrived = new Map<number, StoredBlock>()
  /** Blocks that were loaded because they are about to be read, which is not another use of them. */
  readonly #loaded = new Set<number>()
  readonly #verifies: boolean
  /** Why blocks that were read are not in memory. */
  readonly #faults = new Map<number, string>()
  #size: number
  #commit: number

  constructor(
    source: ExtentSource,
    { record, extents }: OpenedSource,
    codec: ExtentCodec,
    cache: BlockCache,
    counts: StorageCounts,
    verifies = false,
  ) {
    this.#source = source
    this.#codec = codec
    this.#cache = cache
    this.counts = counts
    this.#readAhead = new ReadAhead(codec.blocksPerExtent)
    this.#warmSet = new WarmSet(codec.blocksPerExtent)
    this.#verifies = verifies
    this.#size = record.size
    this.#commit = record.commit
    for (const [extent, bytes] of extents) this.#keep(extent, bytes)
    // All of it was read, and what is not there now never will be.
    if (cache.capacity === Infinity) this.#noteMissing(extents)
  }

  /** Bytes of the database. */
  get size(): number {
    return this.#size
  }

  get metrics(): FileMetrics {
    const { stored, checksumFailures, reads } = this.counts
    const { bytes, capacity } = this.#cache
    return { stored, checksumFailures, cache: { ...reads, bytes, capacity } }
  }

  /** Whether a block is in memory, and as it was written. */
  has(block: number): boolean {
    const kept = this.#find(block)
    return kept !== undefined && (kept.isUnchecked !== true || !isBad(this.#codec.check(kept)))
  }

  /** The content of a block, if it is in memory, without counting that as a use. */
  peek(block: number): Uint8Array | undefined {
    const kept = this.#find(block)
    return kept && this.#checked(block, kept).bytes
  }

  /**
   * The content of a block. Where this thread can stand still for it, it is read now.
   *
   * @throws DataSyncError `corrupt`, or what the storage throws
   */
  read(block: number): Uint8Array {
    const kept = this.#loaded.delete(block) ? this.#find(block) : this.#use(block)
    if (kept !== undefined) return this.#checked(block, kept).bytes
    if (this.#source.readNow === undefined) {
      const fault = this.#faults.get(block)
      if (fault !== undefined) throw this.#damage(block, fault)
      throw new Error(`block ${block} was not loaded before it was read`)
    }
    const extents = this.#extentsFor([block])
    this.#admit([block], extents, this.#source.readNow(extents))
    return this.#arrived.get(block)?.bytes as Uint8Array
  }

  /** Brings blocks into memory, where all of them stay until they are read; undefined if they are there. */
  load(blocks: readonly number[]): Promise<void> | undefined {
    const missing = blocks.filter((block) => this.peek(block) === undefined)
    if (missing.length === 0) {
      // Each use may make the cache smaller, and drop those that are to be read next.
      if (blocks.length > 1) this.#hold(this.#present(blocks))
      return undefined
    }
    this.#loaded.clear()
    for (const block of missing) this.#noteMiss(block)
    return this.#loadMissing(missing, blocks)
  }

  /** The content of blocks that are not in memory, all of it even if the cache has no room for that. */
  async fetch(missing: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    await this.#loadMissing(missing, missing)
    return new Map([...this.#arrived].map(([block, { bytes }]) => [block, bytes]))
  }

  /** Looks at what is stored, past what is in memory. */
  check(first: number, count: number): Promise<readonly BlockFault[]> {
    const end = Math.min(first + count, Math.ceil(this.#size / BLOCK_SIZE))
    return checkExtents(this.#source, this.#codec, { first, end })
  }

  /**
   * Stores blocks under the next commit number, all or none.
   *
   * @throws DataSyncError; then nothing was stored, or nobody knows; by an UnverifiedError all was, if not well
   */
  async commit(
    changes: ReadonlyMap<number, Uint8Array>,
    size: number,
    durability: Durability,
  ): Promise<void> {
    const commit = this.#commit + 1
    const sealed = new Map<number, StoredBlock>()
    for (const [block, bytes] of withHoles(changes, this.#size, size)) {
      sealed.set(block, this.#codec.seal(bytes, commit))
    }
    const records = await encodeCommit(
      {
        codec: this.#codec,
        size: this.#size,
        peek: (block) => this.#cache.peek(block),
        read: async (extents) => {
          const found = await this.#source.read(extents)
          return new Map(extents.map((extent) => [extent, this.#decode(extent, found.get(extent))]))
        },
      },
      { sealed, size },
    )
    const extentCount = Math.ceil(size / (BLOCK_SIZE * this.#codec.blocksPerExtent))
    const expected = this.#verifies ? fingerprints(records) : []
    const bytes = records.reduce((total, [, record]) => total + record.length, 0)
    const warm = this.#warmSet.takeIfNew()
    await this.#source.commit({ commit, size, records, extentCount, durability, warm })
    this.#commit = commit
    await verifyCommit(this.#source, this.#codec, expected).catch((error: unknown) => {
      this.counts.noteDamage()
      throw error
    })
    this.counts.noteStored(sealed.size, bytes)
    this.#size = size
    this.#arrived.clear()
    for (const [block, content] of sealed) {
      this.#cache.set(block, content)
      this.#faults.delete(block)
    }
    this.#cache.deleteFrom(Math.ceil(size / BLOCK_SIZE))
  }

  async close(): Promise<void> {
    await this.#source.close()
  }

  #noteMiss(block: number): void {
    this.#loaded.add(block)
    this.#cache.noteMiss(block)
    this.counts.noteLookup(block, false)
  }

  #find(block: number): StoredBlock | undefined {
    return this.#arrived.get(block) ?? this.#cache.peek(block)
  }

  #use(block: number): StoredBlock | undefined {
    const kept = this.#cache.use(block) ?? this.#arrived.get(block)
    this.counts.noteLookup(block, kept !== undefined)
    if (kept !== undefined) this.#warmSet.note(this.#extentOf(block))
    return kept
  }

  async #loadMissing(missing: readonly number[], all: readonly number[]): Promise<void> {
    const present = this.#present(all)
    const extents = this.#extentsFor(missing)
    this.#admit(missing, extents, await this.#source.read(extents))
    this.#hold([...this.#arrived, ...present])
  }

  #present(blocks: readonly number[]): readonly (readonly [number, StoredBlock])[] {
    return blocks.flatMap((block) => {
      const content = this.#find(block)
      return content === undefined ? [] : [[block, content] as const]
    })
  }

  #hold(blocks: readonly (readonly [number, StoredBlock])[]): void {
    this.#arrived.clear()
    for (const [block, content] of blocks) this.#arrived.set(block, content)
  }

  /** The extents of blocks that are not in memory, and those after them if blocks are read in order. */
  #extentsFor(blocks: readonly number[]): readonly number[] {
    const extents = new Set(blocks.map((block) => this.#extentOf(block)))
    const last = Math.max(...extents)
    const end = Math.ceil(this.#size / BLOCK_SIZE / this.#codec.blocksPerExtent)
    const window = this.#readAhead.windowFor(Math.min(...extents), last)
    for (let extent = last + 1; extent < Math.min(last + window, end); extent++) extents.add(extent)
    return [...extents]
  }

  /** Keeps what was read. The blocks that were asked for are there for their reader, however small the cache. */
  #admit(
    wanted: readonly number[],
    extents: readonly number[],
    found: ReadonlyMap<number, Uint8Array>,
  ): void {
    this.#arrived.clear()
    const own = new Set(wanted.map((block) => this.#extentOf(block)))
    for (const extent of extents) {
      if (own.has(extent)) continue
      const record = found.get(extent)
      if (record !== undefined) this.#keep(extent, record)
      this.counts.notePrefetch(extent * this.#codec.blocksPerExtent, this.#codec.blocksPerExtent)
    }
    const decoded = new Map(
      [...own].map((extent) => [extent, this.#decode(extent, found.get(extent), wanted)]),
    )
    for (const [extent, blocks] of decoded) this.#keepBlocks(extent, blocks)
    for (const block of wanted) {
      const content = decoded.get(this.#extentOf(block))?.[block % this.#codec.blocksPerExtent]
      if (content === undefined) throw this.#damage(block, 'it is missing')
      this.#arrived.set(block, this.#checked(block, content))
    }
    for (const extent of own) this.#warmSet.note(extent)
  }

  #keep(extent: number, record: Uint8Array): void {
    const decoded = this.#codec.unpack(extent, record)
    // One that cannot be read is told of when it is asked for.
    if (decoded.kind === 'extent') this.#keepBlocks(extent, decoded.blocks)
  }

  #keepBlocks(extent: number, blocks: Blocks): void {
    blocks.forEach((content, index) => {
      const block = extent * this.#codec.blocksPerExtent + index
      if (content === undefined || isBad(content) || this.#cache.peek(block) !== undefined) return
      if (content.version > this.#commit) return
      this.#cache.set(block, content)
    })
  }

  #decode(extent: number, record: Uint8Array | undefined, wanted: readonly number[] = []): Blocks {
    const decoded = record === undefined ? undefined : this.#codec.unpack(extent, record)
    if (decoded?.kind === 'extent') return decoded.blocks
    const first = wanted.find((block) => this.#extentOf(block) === extent)
    const reason = decoded === undefined ? 'is missing' : `cannot be read, since ${decoded.reason}`
    throw this.#damage(first ?? extent * this.#codec.blocksPerExtent, `extent ${extent} ${reason}`)
  }

  #noteMissing(extents: ReadonlyMap<number, Uint8Array>): void {
    for (let block = 0; block * BLOCK_SIZE < this.#size; block++) {
      if (this.#cache.peek(block) !== undefined) continue
      const extent = this.#extentOf(block)
      const place = { extent, record: extents.get(extent) }
      const [fault] = faultsOfExtent(this.#codec, place, { first: block, end: block + 1 })
      this.#faults.set(block, fault?.reason ?? 'it cannot be read')
    }
  }

  /** The block, once it is known to be what was written. */
  #checked(block: number, content: StoredBlock | BadBlock): StoredBlock {
    if (content.isUnchecked !== true) return content
    const checked = this.#codec.check(content)
    if (isBad(checked)) throw this.#damage(block, checked.fault)
    // Somebody else has written it. Beside what is known of the other blocks it would be a wrong answer.
    if (checked.version > this.#commit) throw fencedError()
    if (this.#cache.peek(block) === content) this.#cache.set(block, checked)
    return checked
  }

  #damage(block: number, reason: string): DataSyncError {
    this.counts.noteDamage()
    this.#faults.set(block, reason)
    const place = { block, page: block + 1, reason }
    return new DataSyncError('corrupt', `Block ${block} (page ${block + 1}) is damaged: ${reason}.`, place)
  }

  #extentOf(block: number): number {
    return Math.floor(block / this.#codec.blocksPerExtent)
  }
}
