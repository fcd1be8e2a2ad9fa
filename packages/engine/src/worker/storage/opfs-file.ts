import type { BlockFile } from './block-store.ts'

/** A file of the origin private file system, held open by this worker alone. */
export class OpfsFile implements BlockFile {
  readonly #handle: FileSystemSyncAccessHandle
  /** Reused, so that reading and writing allocate nothing. */
  readonly #position = { at: 0 }
  /** Nobody else can change it, so it is asked for once, and again after a failure. */
  #size: number | undefined

  constructor(handle: FileSystemSyncAccessHandle) {
    this.#handle = handle
  }

  read(into: Uint8Array, offset: number): number {
    this.#position.at = offset
    const count = this.#handle.read(into, this.#position)
    // Taken for the end of the file, bytes that are there would read as zeros.
    if (count < into.length && offset + count < this.size()) {
      throw new Error(`only ${count} of ${into.length} bytes at ${offset} could be read`)
    }
    return count
  }

  write(from: Uint8Array, offset: number): void {
    // Nothing to write: the file must not grow to `offset`.
    if (from.length === 0) return
    this.#position.at = offset
    const sizeBefore = this.#size
    this.#size = undefined
    const count = this.#handle.write(from, this.#position)
    if (count !== from.length) {
      // Where the room is out, some browsers throw, some write less, and some answer nonsense.
      throw new DOMException(`only part of ${from.length} bytes could be written`, 'QuotaExceededError')
    }
    if (sizeBefore !== undefined) this.#size = Math.max(sizeBefore, offset + count)
  }

  truncate(size: number): void {
    this.#size = undefined
    this.#handle.truncate(size)
    this.#size = size
  }

  size(): number {
    this.#size ??= this.#handle.getSize()
    return this.#size
  }

  sync(): void {
    this.#handle.flush()
  }

  /** Lets others open it. Idempotent. */
  close(): void {
    this.#handle.close()
  }
}
