import type { CacheMetrics } from '../../../link/sync-protocol.ts'
import type { Amount } from '../block-store.ts'

/** What a cache and its storage have been asked, and what was stored. */
export class StorageCounts {
  #hits = 0
  #misses = 0
  #prefetchHits = 0
  #checksumFailures = 0
  #storedBlocks = 0
  #storedBytes = 0
  /** Blocks that were read ahead and not asked for since. */
  readonly #prefetched = new Set<number>()

  get reads(): Omit<CacheMetrics, 'bytes' | 'capacity'> {
    const hits = this.#hits
    const misses = this.#misses
    return { reads: hits + misses, hits, misses, prefetchHits: this.#prefetchHits }
  }

  get checksumFailures(): number {
    return this.#checksumFailures
  }

  get stored(): Amount {
    return { blocks: this.#storedBlocks, bytes: this.#storedBytes }
  }

  noteLookup(block: number, isHit: boolean): void {
    if (!isHit) this.#misses++
    else this.#hits++
    if (this.#prefetched.delete(block) && isHit) this.#prefetchHits++
  }

  notePrefetch(first: number, count: number): void {
    for (let block = first; block < first + count; block++) this.#prefetched.add(block)
  }

  noteStored(blocks: number, bytes: number): void {
    this.#storedBlocks += blocks
    this.#storedBytes += bytes
  }

  noteDamage(): void {
    this.#checksumFailures++
  }
}
