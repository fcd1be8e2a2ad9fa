import type { BlockFile } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { BLOCK_SIZE } from './block-size.ts'

/**
 * A file for whoever looks into its damage: a block that the store finds damaged reads as zeros, and is
 * noted, so that one bad block does not end the reading of the others.
 */
export class InspectedFile implements BlockFile {
  /** Why blocks are damaged, by block. */
  readonly faults: Map<number, string> = new Map()
  readonly #file: BlockFile
  /** Blocks that could not be loaded for the read that comes next. */
  readonly #unloaded = new Set<number>()

  constructor(file: BlockFile) {
    this.#file = file
  }

  load(offset: number, length: number): Promise<void> | undefined {
    const pending: Promise<void>[] = []
    for (const { block, start, end } of blocksOf(offset, length)) {
      try {
        const loading = this.#file.load?.(offset + start, end - start)
        if (loading !== undefined) pending.push(loading.catch((error: unknown) => this.#miss(block, error)))
      } catch (error) {
        this.#miss(block, error)
      }
    }
    return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined)
  }

  read(into: Uint8Array, offset: number): number {
    const length = Math.max(0, Math.min(into.length, this.size() - offset))
    for (const { block, start, end } of blocksOf(offset, length)) {
      const part = into.subarray(start, end)
      if (!this.#unloaded.delete(block) && this.#readBlock(part, offset + start, block)) continue
      part.fill(0)
    }
    return length
  }

  write(from: Uint8Array, offset: number): void {
    this.#file.write(from, offset)
  }

  truncate(size: number): void {
    this.#file.truncate(size)
  }

  size(): number {
    return this.#file.size()
  }

  sync(): void | Promise<void> {
    return this.#file.sync()
  }

  #readBlock(into: Uint8Array, offset: number, block: number): boolean {
    try {
      this.#file.read(into, offset)
      return true
    } catch (error) {
      this.#note(block, error)
      return false
    }
  }

  #miss(block: number, error: unknown): void {
    this.#note(block, error)
    this.#unloaded.add(block)
  }

  /** Anything but damage ends the reading: a connection that is lost says nothing of what is stored. */
  #note(block: number, error: unknown): void {
    if (!(error instanceof DataSyncError) || error.code !== 'corrupt') throw error
    this.faults.set(block, error.detail.reason ?? error.sentence)
  }
}

interface BlockPart {
  readonly block: number
  /** Where it lies in what is read. */
  readonly start: number
  readonly end: number
}

function blocksOf(offset: number, length: number): readonly BlockPart[] {
  const parts: BlockPart[] = []
  for (let start = 0; start < length;) {
    const block = Math.floor((offset + start) / BLOCK_SIZE)
    const end = Math.min(length, (block + 1) * BLOCK_SIZE - offset)
    parts.push({ block, start, end })
    start = end
  }
  return parts
}
