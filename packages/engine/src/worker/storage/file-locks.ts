/** How strongly a connection holds a file, in the order in which SQLite climbs. */
export const LOCK_NONE = 0
export const LOCK_SHARED = 1
export const LOCK_RESERVED = 2
export const LOCK_PENDING = 3
export const LOCK_EXCLUSIVE = 4

/** One connection's hold on a file. */
export interface LockHolder {
  lock: number
}

/**
 * The locks of one file among the connections of this worker: many readers, beside them one that
 * prepares to write (RESERVED), which lets no new reader in while the old ones leave (PENDING), and
 * then writes alone (EXCLUSIVE). No other worker can have the file open, so this is all there is.
 */
export class FileLocks {
  #readers = 0
  /** The one connection that holds more than SHARED. */
  #writer: LockHolder | undefined

  /** Raises `holder` to `level`; false if another connection stands in the way. */
  lock(holder: LockHolder, level: number): boolean {
    if (holder.lock >= level) return true
    if (level === LOCK_SHARED) return this.#share(holder)
    if (this.#writer !== undefined && this.#writer !== holder) return false
    this.#writer = holder
    if (level === LOCK_EXCLUSIVE && this.#readers > 1) {
      // Keeps PENDING, so that readers that come and go cannot hold a writer off for ever.
      holder.lock = LOCK_PENDING
      return false
    }
    holder.lock = level
    return true
  }

  /** Lowers `holder` to SHARED or NONE. */
  unlock(holder: LockHolder, level: number): void {
    if (holder.lock <= level) return
    if (this.#writer === holder) this.#writer = undefined
    if (level === LOCK_NONE) this.#readers--
    holder.lock = level
  }

  /** Whether any connection is about to write, or writing. */
  get reserved(): boolean {
    return this.#writer !== undefined
  }

  #share(holder: LockHolder): boolean {
    if (this.#writer !== undefined && this.#writer.lock >= LOCK_PENDING) return false
    this.#readers++
    holder.lock = LOCK_SHARED
    return true
  }
}
