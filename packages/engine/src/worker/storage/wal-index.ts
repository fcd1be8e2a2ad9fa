import { BUSY, OK } from '../sqlite/result-codes.ts'
import type { Pointer, SqliteModule } from '../sqlite/module.ts'
import type { LogExtent } from './block-store.ts'

/** SQLITE_SHM_NLOCK: how many locks the WAL index has. */
const LOCK_COUNT = 8
/** A slot that one connection holds alone; positive values count those that share it. */
const EXCLUSIVE = -1

/** Where the header of the index has what (sqlite.org/walformat.html#the_wal_index_header). */
const HEADER_SIZE = 48
const INITIALISED_AT = 12
const PAGE_SIZE_AT = 14
const FRAMES_AT = 16
const SALT_AT = 32

/** One connection's hold on a WAL index: a bit for each lock. */
export interface WalIndexHolder {
  sharedLocks: number
  exclusiveLocks: number
  usesWalIndex: boolean
}

/**
 * What the connections to one database share about its write-ahead log: the index of the log's
 * frames and the locks on it. It lives in this worker's wasm heap, which is "shared memory" enough,
 * as all connections are in this worker. SQLite rebuilds it from the log whenever it starts empty.
 */
export class WalIndex {
  readonly #module: SqliteModule
  readonly #regions: Pointer[] = []
  readonly #slots = new Int32Array(LOCK_COUNT)
  #users = 0

  constructor(module: SqliteModule) {
    this.#module = module
  }

  /** Where region `index` lies: 0 if it is not there and not to be made, `undefined` if memory is out. */
  map(holder: WalIndexHolder, index: number, size: number, extend: boolean): Pointer | undefined {
    if (!holder.usesWalIndex) {
      holder.usesWalIndex = true
      this.#users++
    }
    if (extend) {
      while (this.#regions.length <= index) {
        const region = this.#module.wasm.exports.sqlite3_malloc(size)
        if (region === 0) return undefined
        this.#module.wasm.heap8u().fill(0, region, region + size)
        this.#regions.push(region)
      }
    }
    return this.#regions[index] ?? 0
  }

  /** What SQLite knows to be committed of the log; undefined while nobody uses it. */
  get extent(): LogExtent | undefined {
    const [header] = this.#regions
    if (header === undefined) return undefined
    const view = new DataView(this.#module.wasm.memory.buffer, header, HEADER_SIZE)
    if (view.getUint8(INITIALISED_AT) === 0) return undefined
    const size = view.getUint16(PAGE_SIZE_AT, true)
    return {
      salt: view.getBigUint64(SALT_AT, true),
      frames: view.getUint32(FRAMES_AT, true),
      // 65,536 has no room in two bytes, and is written as 1.
      pageSize: size === 1 ? 65_536 : size,
    }
  }

  lock(holder: WalIndexHolder, offset: number, count: number, exclusive: boolean): number {
    const mask = maskOf(offset, count)
    if (exclusive) return this.#lockExclusive(holder, offset, count, mask)
    if ((holder.sharedLocks & mask) === mask) return OK
    for (let slot = offset; slot < offset + count; slot++) if (this.#slots[slot] === EXCLUSIVE) return BUSY
    for (let slot = offset; slot < offset + count; slot++) {
      if ((holder.sharedLocks & (1 << slot)) === 0) this.#slots[slot] = (this.#slots[slot] ?? 0) + 1
    }
    holder.sharedLocks |= mask
    return OK
  }

  unlock(holder: WalIndexHolder, offset: number, count: number): void {
    for (let slot = offset; slot < offset + count; slot++) {
      const bit = 1 << slot
      if ((holder.exclusiveLocks & bit) !== 0) this.#slots[slot] = 0
      else if ((holder.sharedLocks & bit) !== 0) this.#slots[slot] = (this.#slots[slot] ?? 0) - 1
    }
    const mask = maskOf(offset, count)
    holder.sharedLocks &= ~mask
    holder.exclusiveLocks &= ~mask
  }

  /** Ends a connection's use; the last one frees the memory. */
  unmap(holder: WalIndexHolder): void {
    if (!holder.usesWalIndex) return
    this.unlock(holder, 0, LOCK_COUNT)
    holder.usesWalIndex = false
    this.#users--
    if (this.#users > 0) return
    for (const region of this.#regions) this.#module.wasm.exports.sqlite3_free(region)
    this.#regions.length = 0
  }

  #lockExclusive(holder: WalIndexHolder, offset: number, count: number, mask: number): number {
    for (let slot = offset; slot < offset + count; slot++) {
      const own = (holder.exclusiveLocks & (1 << slot)) !== 0
      if (this.#slots[slot] !== 0 && !own) return BUSY
    }
    this.#slots.fill(EXCLUSIVE, offset, offset + count)
    holder.exclusiveLocks |= mask
    return OK
  }
}

function maskOf(offset: number, count: number): number {
  return ((1 << count) - 1) << offset
}
