import type { BlockFile } from './block-store.ts'
import { UnverifiedError } from './unverified-error.ts'

/** Sums up bytes. */
export type Digest = (bytes: Uint8Array) => bigint

interface Written {
  readonly offset: number
  readonly length: number
  readonly digest: bigint
}

/** A file that reads back what was written to it, as part of each sync. */
export class VerifiedFile implements BlockFile {
  readonly #file: BlockFile
  readonly #name: string
  readonly #digest: Digest
  /** By offset, and in the order in which it was written. */
  readonly #written = new Map<number, Written>()

  constructor(file: BlockFile, name: string, digest: Digest) {
    this.#file = file
    this.#name = name
    this.#digest = digest
  }

  read(into: Uint8Array, offset: number): number {
    return this.#file.read(into, offset)
  }

  write(from: Uint8Array, offset: number): void {
    this.#file.write(from, offset)
    if (from.length === 0) return
    this.#written.delete(offset)
    this.#written.set(offset, { offset, length: from.length, digest: this.#digest(from) })
  }

  truncate(size: number): void {
    this.#file.truncate(size)
    for (const { offset, length } of this.#written.values()) {
      if (offset + length > size) this.#written.delete(offset)
    }
  }

  size(): number {
    return this.#file.size()
  }

  /** @throws UnverifiedError; what differs is looked at again by the next sync */
  sync(): void | Promise<void> {
    const pending = this.#file.sync()
    if (pending === undefined) return this.#verify()
    return pending.then(() => this.#verify())
  }

  #verify(): void {
    const all = [...this.#written.values()]
    all.forEach((written, index) => {
      const bytes = new Uint8Array(written.length)
      const count = this.#file.read(bytes, written.offset)
      if (count === written.length && this.#digest(bytes) === written.digest) return
      // Of what was written over in part, only the later can be told.
      if (all.slice(index + 1).some((later) => overlap(written, later))) return
      throw new UnverifiedError(
        `${written.length} bytes were written to ${this.#name} at ${written.offset}, but are not what was read back.`,
      )
    })
    this.#written.clear()
  }
}

function overlap(a: Written, b: Written): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
