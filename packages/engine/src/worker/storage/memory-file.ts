import type { BlockFile } from './block-store.ts'

/** Bytes a chunk. Small enough that a short journal is cheap, large enough that the map stays small. */
const CHUNK_SIZE = 65_536

/**
 * A file in memory, in chunks, so that it grows without copying and may have holes: only written
 * chunks take room, and a hole reads as zeros.
 */
export class MemoryFile implements BlockFile {
  readonly #chunks = new Map<number, Uint8Array>()
  #size = 0

  read(into: Uint8Array, offset: number): number {
    const length = Math.max(0, Math.min(into.length, this.#size - offset))
    let done = 0
    while (done < length) {
      const start = (offset + done) % CHUNK_SIZE
      const count = Math.min(length - done, CHUNK_SIZE - start)
      const chunk = this.#chunks.get(Math.floor((offset + done) / CHUNK_SIZE))
      if (chunk === undefined) into.fill(0, done, done + count)
      else into.set(chunk.subarray(start, start + count), done)
      done += count
    }
    return length
  }

  write(from: Uint8Array, offset: number): void {
    // Nothing to write: the file must not grow to `offset`.
    if (from.length === 0) return
    let done = 0
    while (done < from.length) {
      const start = (offset + done) % CHUNK_SIZE
      const count = Math.min(from.length - done, CHUNK_SIZE - start)
      const chunk = this.#chunkForWriting(Math.floor((offset + done) / CHUNK_SIZE))
      chunk.set(done === 0 && count === from.length ? from : from.subarray(done, done + count), start)
      done += count
    }
    this.#size = Math.max(this.#size, offset + done)
  }

  truncate(size: number): void {
    if (size < this.#size) this.#drop(size)
    this.#size = size
  }

  size(): number {
    return this.#size
  }

  sync(): void {
    // Memory has nothing slower behind it.
  }

  #chunkForWriting(index: number): Uint8Array {
    const present = this.#chunks.get(index)
    if (present !== undefined) return present
    const chunk = new Uint8Array(CHUNK_SIZE)
    this.#chunks.set(index, chunk)
    return chunk
  }

  /** Forgets everything from `size` on, so that it reads as zeros should the file grow again. */
  #drop(size: number): void {
    const first = Math.ceil(size / CHUNK_SIZE)
    for (const index of this.#chunks.keys()) if (index >= first) this.#chunks.delete(index)
    this.#chunks.get(Math.floor(size / CHUNK_SIZE))?.fill(0, size % CHUNK_SIZE)
  }
}
