import type { BlockFile } from '../../src/worker/storage/block-store.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { nextTask } from './next-task.ts'

const BLOCK = 4096

/**
 * A file of which only the blocks that were used last are at hand. The others have to be loaded, which
 * takes a task, and to read one without that is an error.
 */
export class LazyFile implements BlockFile {
  loads = 0
  /** What the next load, and each after that, fails with. */
  failure: Error | undefined
  readonly #file = new MemoryFile()
  readonly #present = new Set<number>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  load(offset: number, length: number): Promise<void> | undefined {
    const blocks = this.#blocksOf(offset, length)
    if (blocks.every((block) => this.#present.has(block))) return undefined
    this.loads++
    const { failure } = this
    return new Promise((resolve, reject) =>
      nextTask(() => {
        if (failure !== undefined) return reject(failure)
        this.#keep(blocks)
        resolve()
      }),
    )
  }

  read(into: Uint8Array, offset: number): number {
    if (!this.#blocksOf(offset, into.length).every((block) => this.#present.has(block))) {
      throw new Error('What is read was not loaded')
    }
    return this.#file.read(into, offset)
  }

  write(from: Uint8Array, offset: number): void {
    this.#file.write(from, offset)
    this.#keep(this.#blocksOf(offset, from.length))
  }

  truncate(size: number): void {
    this.#file.truncate(size)
  }

  size(): number {
    return this.#file.size()
  }

  sync(): Promise<void> {
    return new Promise(nextTask)
  }

  #blocksOf(offset: number, length: number): readonly number[] {
    const end = Math.min(offset + length, this.#file.size())
    const first = Math.floor(offset / BLOCK)
    return Array.from({ length: Math.max(0, Math.ceil(end / BLOCK) - first) }, (_, index) => first + index)
  }

  #keep(blocks: readonly number[]): void {
    for (const block of blocks) {
      this.#present.delete(block)
      this.#present.add(block)
    }
    const surplus = this.#present.size - Math.max(this.#capacity, blocks.length)
    for (const block of [...this.#present].slice(0, Math.max(0, surplus))) this.#present.delete(block)
  }
}
